"""Adapt this: the form of a copy, or the reason why there can be none."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries.standards import named_on
from app.core.access import NotFound, current_viewer
from app.core.doors import door
from app.core.files import Missing, StorageFull
from app.core.files.errors import QuotaFull
from app.core.limits import limited
from app.library import actions
from app.library.forms import AUTHORS_AT_MOST, AdaptForm
from app.library.models import Resource, licence_of, unchangeable, what_fits
from app.library.policy import can_adapt, may_go_to
from app.library.queries import drivers_to_name, get_resource
from app.library.routes import bp
from app.library.routes.adding import choose_space
from app.library.routes.answers import key_sent, refused, refused_for, thanked
from app.networks.forms.fields import Grades
from app.networks.models import Member
from app.spaces.queries import get_space

Sources = Sequence[tuple[Contribution, Resource]]


def why_not(sources: Sequence[str]) -> str:
    """The reason in words why nothing may be made of these licences; empty where something may."""
    if what_fits(sources):
        return ""
    fixed = unchangeable(sources)
    if fixed is not None:
        return _(
            "%(licence)s lets people share it as it is, and not change it. "
            "You can use it and link to it, or ask its author.",
            licence=licence_of(fixed).name,
        )
    names = [licence_of(code).name for code in dict.fromkeys(sources)]
    return _(
        "%(one)s and %(other)s each ask for a licence that the other does not allow, "
        "so nothing can be made of both.",
        one=names[0],
        other=names[-1],
    )


def _sources(viewer: Member, contribution_id: int) -> tuple[Sources, str]:
    """The resource, with the second one that the form names; and a sentence where that is none."""
    first = get_resource(viewer, contribution_id)
    also = request.form.get("also", "").strip()
    if not also:
        return [first], ""
    number = re.search(r"/c/(\d{1,17})\b", also)
    try:
        second = get_resource(viewer, int(number[1]) if number else 0)
    except NotFound:
        return [first], _("We do not find a resource under the second link. Copy its address from its page.")
    return [first, second] if second[0].id != first[0].id else [first], ""


def _form(viewer: Member, sources: Sources) -> AdaptForm:
    found, body = sources[0]
    fits = what_fits([each.licence for _source, each in sources])
    data: dict[str, Any] = {
        name: getattr(body, name) for name in ("what", "subject", "minutes", "needs", "language", "link_url")
    }
    data |= {"title": found.title, "body": found.html, "tags": ", ".join(body.tags)}
    data |= {"grades": Grades.from_mask(found.grades), "driver": str(found.driver_id or "")}
    data |= {
        "authors": _made_by(body.authors, viewer.name),
        "licence": body.licence if body.licence in fits else next(iter(fits), ""),
    }
    data["standards"] = named_on([found.id]).get(found.id, [])
    form = AdaptForm(drivers=drivers_to_name(viewer, found.driver), licences=fits, data=data)
    form.has_files = bool(request.form.getlist("keep") or request.form.getlist("file_keys"))
    return form


def _made_by(authors: str, name: str) -> str:
    """Who made it first stays named."""
    both = _("%(authors)s, adapted by %(name)s", authors=authors, name=name) if authors else name
    return both if len(both) <= AUTHORS_AT_MOST and authors != name else name


def _page(viewer: Member, sources: Sources, form: AdaptForm, status: int = 200) -> ResponseReturnValue:
    found, body = sources[0]
    frame = choose_space(viewer, form, found.space)
    frame["spaces"] = [
        space for space in frame["spaces"] if all(may_go_to(one, space) for one, _body in sources)
    ]
    page = render_template(
        "library/adapt.html",
        it=found,
        body=body,
        form=form,
        reason=why_not([body.licence]),
        kept=request.form.getlist("keep") if request.method == "POST" else None,
        key=request.form.get("key") or secrets.token_urlsafe(16),
        **frame,
    )
    return page, status


@bp.get("/n/<network>/c/<int:contribution_id>/adapt")
@door("resource")
def adapt(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    sources, _problem = _sources(viewer, contribution_id)
    require(can_adapt(viewer, sources[0][0]))
    return _page(viewer, sources, _form(viewer, sources))


@bp.post("/n/<network>/c/<int:contribution_id>/adapt")
@limited("30/hour")
@door("resource")
def save_copy(network: str, contribution_id: int) -> ResponseReturnValue:
    """`keep` are the keys of the source's files that go along, `file_keys` the copy's own."""
    viewer = current_viewer()
    sources, problem = _sources(viewer, contribution_id)
    require(can_adapt(viewer, sources[0][0]))
    form = _form(viewer, sources)

    def again(status: int) -> ResponseReturnValue:
        return _page(viewer, sources, form, status)

    problem = problem or why_not([body.licence for _source, body in sources])
    if problem and form.also.data:
        form.also.errors = [problem]
        return refused(form, again)
    if problem or not form.validate():
        return refused(form, again, problem)
    try:
        made = _made(viewer, sources, form)
    except actions.NotThere:
        return refused(
            form,
            again,
            _("A copy stays where its source is, unless everybody can read that and its author lets it go."),
        )
    except QuotaFull as error:
        return refused(form, again, str(error))
    except (StorageFull, Missing) as error:
        return refused(form, again, str(error) or _("One of the files could not be copied."), 507)
    except Exception as error:
        return refused_for(error, form, again)
    return thanked(viewer, made, _("Your copy is in the library, and says where it came from."))


def _made(viewer: Member, sources: Sources, form: AdaptForm) -> Contribution:
    """Raises what copying files and adapting raise."""
    keep, fresh = request.form.getlist("keep"), request.form.getlist("file_keys")
    space = get_space(viewer, form.space.data or 0)
    if not all(may_go_to(source, space) for source, _body in sources):
        raise actions.NotThere
    copies, alts = actions.copy_files(viewer, sources[0][0], keep)
    try:
        return actions.adapt(
            viewer,
            [source for source, _body in sources],
            space,
            actions.said_in(form, viewer),
            changed=form.changed.data or "",
            file_keys=[*copies, *fresh],
            file_alts=[*alts, *request.form.getlist("file_alts")],
            sent=[*keep, *fresh],
            stays=request.form.get("stays") == "1",
            key=key_sent(),
        )
    except Exception:
        actions.drop_copies(copies)
        raise
