"""What people do with contributions, split by noun; each verb is a command."""

from app.contributions.actions.drafts import StaleDraft, discard_draft, end_draft, save_draft
from app.contributions.actions.editing import (
    edit_contribution,
    hold,
    keep_held,
    remove_contribution,
    restore,
    take_down,
)
from app.contributions.actions.erasing import erase_contributions
from app.contributions.actions.forgetting import take_version_away
from app.contributions.actions.pinning import TooManyPins, pin, unpin
from app.contributions.actions.posting import KeyReused, Piece, keep_promise, post_reply, share
from app.contributions.actions.quoting import Excerpt
from app.contributions.actions.reading import hide_here, read_up_to, unread_from
from app.contributions.actions.responding import (
    commit_to,
    let_go,
    react,
    save_contribution,
    set_due_date,
    unreact,
    unsave_contribution,
)
from app.contributions.actions.stamping import stamp
from app.contributions.actions.standards import name_standards
from app.contributions.actions.stewarding import lock, mark_answer, move, put_back

__all__ = [
    "Excerpt",
    "KeyReused",
    "Piece",
    "StaleDraft",
    "TooManyPins",
    "commit_to",
    "discard_draft",
    "edit_contribution",
    "end_draft",
    "erase_contributions",
    "hide_here",
    "hold",
    "keep_held",
    "keep_promise",
    "let_go",
    "lock",
    "mark_answer",
    "move",
    "name_standards",
    "pin",
    "post_reply",
    "put_back",
    "react",
    "read_up_to",
    "remove_contribution",
    "restore",
    "save_contribution",
    "save_draft",
    "set_due_date",
    "share",
    "stamp",
    "take_down",
    "take_version_away",
    "unpin",
    "unreact",
    "unread_from",
    "unsave_contribution",
]
