""" "I used this": a reply that tells how it went, with the row that the summary counts.

Rules: the words are the reply's, and are edited and taken back as any other; what a card says of uses is
recounted in the transaction that changes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from flask_babel import gettext as _

from app.contributions.actions import edit_contribution, end_draft, keep_promise, post_reply
from app.contributions.actions.once import again_if_raced
from app.contributions.events import CommitmentReported, ContributionEdited
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.core import text
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.library.forms import UseForm
from app.library.models import Resource, ResourceUse
from app.library.models.vocabulary import outcome_of, setting_of
from app.library.policy import can_say_used
from app.library.queries import counts_of, get_resource, get_use
from app.networks.models import Member, grade_bit
from app.networks.models.words import grade_word


@dataclass(frozen=True)
class How:
    """How it went; texts are plain."""

    outcome: str
    grade: int | None = None
    setting: str = ""
    changed: str = ""
    tip: str = ""

    @classmethod
    def from_form(cls, form: UseForm) -> "How":
        return cls(
            form.outcome.data,
            form.grade.number,
            form.setting.data or "",
            form.changed.data or "",
            form.tip.data or "",
        )


@again_if_raced
@command
def say_used(actor: Member, resource: Contribution, how: How, *, key: str | None = None) -> Contribution:
    """The reply that says so; what the actor said they would try is kept by it.

    Raises NotFound, Forbidden, and what replying raises.
    """
    resource, _body = get_resource(actor, resource.id)
    require(can_say_used(actor, resource))
    reply = post_reply(actor, resource, html=as_html(how), key=key)
    if db.session.get(ResourceUse, reply.id) is None:
        reply.outcome = how.outcome
        reply.grades = grade_bit(how.grade) if how.grade is not None else 0
        db.session.add(
            ResourceUse(
                reply_id=reply.id,
                contribution_id=resource.id,
                member_id=actor.id,
                site_id=actor.site_id,
                used_at=reply.published_at,
                **vars(how),
            )
        )
        db.session.flush()
        recount(resource)
        kept = keep_promise(actor, resource.id, reply)
        if kept is not None:
            publish(CommitmentReported(kept, resource.id, reply.id, actor.id))
    end_draft(actor, "use", f"about:{resource.id}")
    return reply


@command
def change_use(actor: Member, reply: Contribution, how: How, *, seen: str | None = None) -> Contribution:
    """Say it differently. Raises NotFound, Forbidden, Conflict."""
    reply, use = get_use(actor, reply.id)
    changes = {"outcome": how.outcome, "grades": grade_bit(how.grade) if how.grade is not None else 0}
    reply = edit_contribution(actor, reply, html=as_html(how), seen=seen, changes=changes)
    for name, value in vars(how).items():
        setattr(use, name, value)
    db.session.flush()
    end_draft(actor, "use", f"edit:{reply.id}")
    recount(db.session.get_one(Contribution, use.contribution_id))
    return reply


def as_html(how: How) -> str:
    """The reply as people read it: how it went and where, then what was changed, then the tip."""
    parts = (_("I used this"), outcome_of(how.outcome), use_words(how))
    head = " · ".join(part for part in parts if part)
    made = [f"<p><strong>{escape(head, quote=False)}</strong></p>"]
    for word, said in ((_("What I changed:"), how.changed), (_("Tip:"), how.tip)):
        if said:
            made.append(text.from_plain(f"{word} {said}"))
    return "".join(made)


def use_words(how: How | ResourceUse) -> str:
    """Where it was used: grade and setting, as far as they were said."""
    grade = _("grade %(grade)s", grade=grade_word(how.grade)) if how.grade is not None else ""
    return " · ".join(part for part in (grade, setting_of(how.setting).lower()) if part)


def recount(resource: Contribution) -> None:
    """Make the body and the card say what the uses say now. Inside a command."""
    body = db.session.get(Resource, resource.id)
    if body is None:
        return
    counts = counts_of(resource.id)
    body.uses, body.used_at = counts["people"], counts.pop("last")
    if resource.state != "published" or resource.card.get("uses", {}) == _shown(counts):
        return
    card = {name: value for name, value in resource.card.items() if name != "uses"}
    resource.card = {**card, "uses": _shown(counts)} if body.uses else card
    resource.version += 1
    db.session.flush()
    publish(ContributionEdited(resource.id, resource.space_id))


def _shown(counts: Mapping[str, Any]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}
