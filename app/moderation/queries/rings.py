"""What the bell says of moderation, and where a line leads: without a word of what was shared or written, but
to who reported it, by which words of their own copy they know it.
"""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.contributions.models import Contribution
from app.core import bell
from app.core.addresses import path_for
from app.core.db import db
from app.core.text import excerpt
from app.moderation.models import Act, Case, Report
from app.moderation.models.words import WHY_WORDS
from app.moderation.queries.judges import stuck_in
from app.networks.models import Network

Abouts = Mapping[int, tuple[str, str]]


def _cases(ids: Sequence[int]) -> Abouts:
    found = db.session.execute(select(Case.id, Case.why).where(Case.id.in_(ids)))
    return {row.id: (str(WHY_WORDS[row.why]), path_for("moderation.case", case_id=row.id)) for row in found}


def _naming(ids: Sequence[int]) -> Abouts:
    """Where one more facilitator is named, while something waits for one."""
    waits = {case.network_id for case in stuck_in(list(ids))}
    found = db.session.execute(select(Network.id, Network.slug).where(Network.id.in_(waits)))
    return {row.id: ("", path_for("networks.people", network=row.slug)) for row in found}


def _letters(ids: Sequence[int]) -> Abouts:
    found = db.session.scalars(select(Act.id).where(Act.id.in_(ids), Act.letter != ""))
    return {number: (_("their letter"), path_for("moderation.letter", act_id=number)) for number in found}


def _case_of_act(ids: Sequence[int]) -> Abouts:
    found = db.session.execute(select(Act.id, Act.case_id).where(Act.id.in_(ids)))
    return {row.id: ("", path_for("moderation.case", case_id=row.case_id)) for row in found}


def _reports(ids: Sequence[int]) -> Abouts:
    query = select(Report, Network.slug).join(Case, Case.id == Report.case_id)
    found = db.session.execute(query.join(Network, Network.id == Case.network_id).where(Report.id.in_(ids)))
    return {
        report.id: (_title(report), f"{path_for('moderation.my_reports', network=slug)}#report-{report.id}")
        for report, slug in found
    }


def _title(report: Report) -> str:
    """By its reporter's own copy; no words where they may name a student, or went with their author."""
    if report.why == "privacy":
        return _("A student could be recognised")
    copy = report.copy
    return copy.get("title") or excerpt(copy.get("text") or "", 60) or report.norm_title


def _shared(ids: Sequence[int]) -> Abouts:
    query = select(Contribution.id, Network.slug).join(Network, Network.id == Contribution.network_id)
    found = db.session.execute(query.where(Contribution.id.in_(ids), Contribution.state != "removed"))
    return {
        row.id: ("", path_for("contributions.page", network=row.slug, contribution_id=row.id))
        for row in found
    }


RINGS: tuple[tuple[str, object, Callable[[Sequence[int]], Abouts]], ...] = (
    ("mod_case", _l("Something would like your eyes: %(what)s"), _cases),
    (
        "mod_nobody",
        _l("Something waits that none of you may judge. Please make one more colleague a facilitator."),
        _naming,
    ),
    ("mod_letter", _l("%(who)s wrote to you as a facilitator"), _letters),
    ("mod_answer", _l("%(who)s looked again at what you asked about"), _letters),
    ("mod_undone", _l("%(who)s took back what a letter to you was about"), _letters),
    ("mod_report", _l("What you reported was looked at: %(what)s"), _reports),
    ("mod_news", _l("What you reported was edited, and is back: %(what)s"), _reports),
    ("mod_again", _l("Somebody looked again at what you reported: %(what)s"), _reports),
    ("mod_edited", _l("%(who)s edited what you asked about, and it is back"), _case_of_act),
    ("mod_judged", _l("%(who)s answered an appeal about an act of yours"), _cases),
    (
        "mod_held",
        _l("Something you shared waits while a facilitator looks at it. You still see it."),
        _shared,
    ),
    ("mod_back", _l("A facilitator looked at what you shared, and everybody sees it."), _shared),
    (
        "mod_warn",
        _l("Something you shared has a word of the watch list, and a facilitator reads it. It stays."),
        _shared,
    ),
)


def ring_all() -> None:
    """Make the bell know them."""
    for verb, sentence, about in RINGS:
        bell.register(verb, sentence, about)
