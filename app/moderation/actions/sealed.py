"""Letters to who shared something without their name: they lie in the sealed store, and no table says whose
they are. Nobody who writes one learns it. An appeal would name its author, so there is none.
"""

from contextlib import suppress

from app.contributions.actions.sealing import sealed_author, write_to_author
from app.contributions.queries.sealed import letterbox_of
from app.core import seals
from app.moderation.models import Act


def leave_letter(act: Act) -> None:
    """Once, however often this is called. Outside a command."""
    it = act.case.contribution
    if it is None or it.seal is None or not act.letter:
        return
    words = f"{act.letter}\n\n{act.norm_title}".strip()
    with suppress(seals.NotReady):
        author = sealed_author(it)
        letters = seals.letters_of(letterbox_of(author)) if author is not None else []
        if author is not None and all(letter.get("act") != act.id for letter in letters):
            write_to_author(
                it, {"kind": "words", "act": act.id, "about": it.root_id or it.id, "words": words}
            )
