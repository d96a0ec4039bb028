"""Needed by Friday: asking for a resource, and answering with one.

An answer is a reply that holds the link, so that who asked is told as of any reply, and each reader sees of
the resource what they may see.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from app.contributions.actions import Piece, edit_contribution, end_draft, post_reply, share
from app.contributions.actions.once import again_if_raced
from app.contributions.events import ContributionEdited
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries import get_root
from app.core import clock, text
from app.core.access import NotFound
from app.core.addresses import absolute, path_for
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.library.actions.turns import hold_root
from app.library.events import RequestMet
from app.library.models import REQUEST, RequestAnswer, RequestNeed, ResourceRequest
from app.library.policy import can_answer_request, can_need_too, is_author, is_request, may_go_to
from app.library.queries import get_resource
from app.networks.models import Member
from app.spaces.models import Space


@again_if_raced
@command
def ask_for(
    actor: Member,
    space: Space,
    *,
    title: str,
    html: str,
    needed_by: date | None,
    grades: int = 0,
    stays: bool = False,
    key: str | None = None,
) -> Contribution:
    """Say what is needed, once for each `key`; `html` is clean. Raises what `share` raises."""
    day = needed_by.isoformat() if needed_by else ""
    piece = Piece(
        kind=REQUEST,
        html=html,
        title=title,
        text=text.plain(html),
        card={"needed_by": day} if day else {},
        grades=grades,
        stays=stays,
        raw=[REQUEST, title, html, day, grades],
    )
    made = share(actor, space, piece, key=key)
    if db.session.get(ResourceRequest, made.id) is None:
        db.session.add(ResourceRequest(contribution_id=made.id, needed_by=needed_by))
        db.session.flush()
    end_draft(actor, REQUEST, "")
    return made


@command
def edit_request(
    actor: Member,
    request: Contribution,
    *,
    title: str,
    html: str,
    needed_by: date | None,
    grades: int = 0,
    seen: str | None = None,
) -> Contribution:
    """Say what is needed differently; its answers stay. Raises NotFound, Forbidden, Conflict."""
    request, row = get_request(actor, request.id)
    card = {name: value for name, value in request.card.items() if name != "needed_by"}
    day = {"needed_by": needed_by.isoformat()} if needed_by else {}
    changes = {"card": {**card, **day}, "grades": grades}
    edited = edit_contribution(actor, request, html=html, title=title, seen=seen, changes=changes)
    row.needed_by = needed_by
    db.session.flush()
    end_draft(actor, REQUEST, f"edit:{edited.id}")
    return edited


@command
def need_too(actor: Member, request: Contribution, *, on: bool) -> None:
    """ "I need this too", or not any more; a second time changes nothing. Raises NotFound, Forbidden."""
    hold_root(request.id)
    request, _row = get_request(actor, request.id)
    known = db.session.get(RequestNeed, (request.id, actor.id))
    if on == (known is not None):
        return
    if known is not None:
        db.session.delete(known)
    else:
        require(can_need_too(actor, request))
        db.session.add(RequestNeed(request_id=request.id, member_id=actor.id))
    db.session.flush()
    count_again(request)


@command
def answer_request(actor: Member, request: Contribution, resource: Contribution) -> Contribution:
    """The reply that names `resource`. The same one twice is one answer. Raises NotFound, Forbidden.

    Whether that is what was needed says who asked (`say_met`).
    """
    hold_root(request.id)
    request, _row = get_request(actor, request.id)
    require(can_answer_request(actor, request))
    resource, _body = get_resource(actor, resource.id)
    # What not everybody here may open is no answer, and would show that it exists.
    require(may_go_to(resource, request.space))
    known = db.session.get(RequestAnswer, (request.id, resource.id))
    if known is not None:
        return db.session.get_one(Contribution, known.reply_id)
    path = path_for("contributions.page", network=actor.network.slug, contribution_id=resource.id)
    address = absolute(path)
    reply = post_reply(actor, request, html=f'<p><a href="{address}">{address}</a></p>')
    db.session.add(RequestAnswer(request_id=request.id, resource_id=resource.id, reply_id=reply.id))
    db.session.flush()
    count_again(request)
    return reply


@command
def say_met(actor: Member, request: Contribution, *, met: bool) -> None:
    """Its author says that it is found, or still needed. Raises NotFound, Forbidden."""
    request, row = get_request(actor, request.id)
    require(is_author(actor, request))
    _met(request, row, met=met)


def get_request(viewer: Member, contribution_id: int) -> tuple[Contribution, ResourceRequest]:
    """A published request with its body. Raises NotFound."""
    found = get_root(viewer, contribution_id)
    row = db.session.get(ResourceRequest, found.id) if is_request(found) else None
    if row is None:
        raise NotFound
    return found, row


def _met(request: Contribution, row: ResourceRequest, *, met: bool) -> None:
    row.met_at = (row.met_at or clock.now()) if met else None
    card = {name: value for name, value in request.card.items() if name != "met"}
    request.card = {**card, **({"met": True} if met else {})}
    count_again(request)
    publish(RequestMet(request.id))


def count_again(request: Contribution) -> None:
    """Inside a command: the card says how many answers show, and how many need it too."""
    answers = (
        select(func.count())
        .select_from(RequestAnswer)
        .join(Contribution, Contribution.id == RequestAnswer.reply_id)
        .where(RequestAnswer.request_id == request.id, Contribution.state == "published")
    )
    needs = select(func.count()).where(RequestNeed.request_id == request.id)
    counts = {"answers": db.session.scalar(answers) or 0, "needs": db.session.scalar(needs) or 0}
    card = {name: value for name, value in request.card.items() if name not in counts}
    request.card = {**card, **{name: number for name, number in counts.items() if number}}
    request.version += 1
    db.session.flush()
    publish(ContributionEdited(request.id, request.space_id))


def forget_needs(member_ids: Sequence[int]) -> None:
    """Inside a command: these people need nothing any more."""
    mine = RequestNeed.member_id.in_(member_ids)
    asked = list(db.session.scalars(select(RequestNeed.request_id).where(mine)))
    db.session.execute(delete(RequestNeed).where(mine))
    for request in db.session.scalars(select(Contribution).where(Contribution.id.in_(asked))):
        if request.state == "published":
            count_again(request)


__all__: Sequence[str] = (
    "answer_request",
    "ask_for",
    "count_again",
    "edit_request",
    "forget_needs",
    "get_request",
    "need_too",
    "say_met",
)
