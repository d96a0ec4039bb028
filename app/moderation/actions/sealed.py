"""Letters to who shared something without their name: they lie in the sealed store, and no table says whose
they are. Nobody who writes one learns it. Each is left once, however often that is asked, outside a command.
While another one writes in the store, `seals.Busy` goes through, and the outbox asks again.
"""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app.contributions.actions.sealing import sealed_author, write_to_author
from app.contributions.models import Contribution
from app.contributions.queries.sealed import letterbox_of
from app.core import seals
from app.core.addresses import path_for
from app.core.db import db
from app.moderation.models import Act, Report
from app.moderation.queries.letters import appeal_of


def leave_letter(act: Act) -> None:
    """What was done, and where to ask that somebody else looks again."""
    if act.letter:
        _leave(act, "letter", f"{act.letter}\n\n{act.norm_title}".strip())


def leave_answer(act: Act) -> None:
    """What somebody else decided on their appeal."""
    appeal = appeal_of(act)
    if appeal is None or not appeal.outcome:
        return
    with _tongue_of(act.case.contribution):
        said = _("It was undone") if appeal.outcome == "overturned" else _("It stays as decided")
    _leave(act, "answer", f"{said}\n\n{appeal.answer}".strip())


def leave_undone(act: Act) -> None:
    """It was taken back, by which norm it had been done, and what changed."""
    with _tongue_of(act.case.contribution):
        said = _("This was taken back. What it was about is as it was before.")
    _leave(act, "undone", "\n\n".join(filter(None, (said, act.undone_words, act.norm_title))))


def leave_held(it: Contribution, case_id: int) -> None:
    """It waits while somebody looks at it, or has a watched word and is read where it stands."""
    with _tongue_of(it):
        words = (
            _("Something you shared has a word of the watch list, and a facilitator reads it. It stays.")
            if db.session.scalar(select(Report.id).where(Report.case_id == case_id, Report.why == "watch"))
            else _("Something you shared waits while a facilitator looks at it. You still see it.")
        )
    _put(it, f"held:{case_id}", {"words": words})


def _leave(act: Act, part: str, words: str) -> None:
    it = act.case.contribution
    if it is not None and act.member_id is None:
        path = path_for("moderation.letter", act_id=act.id)
        _put(it, f"act:{act.id}:{part}", {"words": words, "path": path})


def _tongue_of(it: Contribution | None) -> force_locale:
    """The author's language; the site's own where nobody is known."""
    author = None
    if it is not None and it.seal is not None:
        with seals.suppress_unready():
            author = sealed_author(it)
    account = author.account if author is not None else None
    return force_locale(account.language if account is not None else "en")


def _put(it: Contribution, key: str, said: dict[str, str | int]) -> None:
    if it.seal is None:
        return
    with seals.suppress_unready():
        author = sealed_author(it)
        letters = seals.letters_of(letterbox_of(author)) if author is not None else []
        if author is not None and all(letter.get("key") != key for letter in letters):
            write_to_author(it, {"kind": "words", "key": key, "about": it.root_id or it.id, **said})
