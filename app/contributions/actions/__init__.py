"""What people do with contributions, split by noun; each verb is a command."""

from app.contributions.actions.drafts import StaleDraft, discard_draft, save_draft
from app.contributions.actions.editing import (
    edit_contribution,
    hold,
    remove_contribution,
    restore,
    take_down,
)
from app.contributions.actions.erasing import erase_contributions
from app.contributions.actions.pinning import TooManyPins, pin, unpin
from app.contributions.actions.posting import KeyReused, Piece, post_reply, share
from app.contributions.actions.responding import (
    commit_to,
    let_go,
    react,
    save_contribution,
    set_due_date,
    unreact,
    unsave_contribution,
)

__all__ = [
    "KeyReused",
    "Piece",
    "StaleDraft",
    "TooManyPins",
    "commit_to",
    "discard_draft",
    "edit_contribution",
    "erase_contributions",
    "hold",
    "let_go",
    "pin",
    "post_reply",
    "react",
    "remove_contribution",
    "restore",
    "save_contribution",
    "save_draft",
    "set_due_date",
    "share",
    "take_down",
    "unpin",
    "unreact",
    "unsave_contribution",
]
