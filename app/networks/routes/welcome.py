"""The welcome: who we are and our norms, about you, one small first step.

Rules: nothing of a network is read before its norms are accepted, in the version that holds;
a newer version asks again and shows what changed, at the next visit. Only the norms are needed.
Somebody who accepted an earlier version loses nothing that they were just writing: the gate stops
the opening of pages, not what is sent nor what an open page asks for.
"""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import sections
from app.core.access import Forbidden, access
from app.core.doors import closed, door
from app.core.files import Refused
from app.core.limits import limited
from app.core.numbers import INTEGER, whole
from app.core.security import body_limit, safe_next
from app.networks import actions, queries
from app.networks.forms.members import NoFieldsForm, PhotoForm, PlaceForm, StoryForm
from app.networks.models import Member
from app.networks.routes.blueprint import WRONG, bp, feed_of, to, viewer

OPEN = ("networks.welcome", "networks.norms", "networks.switcher", "networks.membership", "networks.leave")
"""Endpoints (beginnings of) that the welcome does not stand in front of."""


@access.gate
def norms_first() -> ResponseReturnValue | None:
    """Send a member to the welcome who has not accepted the norms that hold."""
    member: Member | None = g.get("viewer")
    if member is None or member.norms_version == member.network.norms_version:
        return None
    if (request.endpoint or "").startswith(OPEN) or member.waits_with_norms:
        return None
    if member.norms_version is not None and not _is_a_visit():
        return None
    if request.method not in ("GET", "HEAD"):
        raise Forbidden(_("Please read and accept our norms first."))
    there = url_for("networks.welcome", network=member.network.slug, next=request.full_path.rstrip("?"))
    if "HX-Request" in request.headers:
        return "", 200, {"HX-Redirect": there}
    return redirect(there)


def _is_a_visit() -> bool:
    """Whether a page is opened: nothing is sent, and no open page asks for a piece of itself."""
    asks = "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Dest", "document") != "document"
    return request.method in ("GET", "HEAD") and not asks


@bp.get("/n/<network>/welcome")
@closed("the network, its hub and its norms")
def welcome(network: str) -> ResponseReturnValue:
    """Who we are, and the norms to accept."""
    here = viewer()
    if here.norms_version == here.network.norms_version and here.welcomed_at is None:
        return to("welcome_you", here.network)
    return _norms_page(here)


@bp.post("/n/<network>/welcome")
@closed("accepts the norms")
def welcome_accept(network: str) -> ResponseReturnValue:
    """Accept the version that was shown."""
    here, form = viewer(), NoFieldsForm()
    shown = whole(request.form.get("version", ""), most=INTEGER)
    if not form.validate_on_submit() or shown is None:
        return _norms_page(here), WRONG
    try:
        actions.accept_norms(here, shown)
    except actions.Overtaken:
        return _norms_page(here), 409
    if here.welcomed_at is not None:
        return redirect(_after(here))
    return to("welcome_you", here.network)


@bp.get("/n/<network>/welcome/later")
@closed("what there is to do without the norms")
def welcome_later(network: str) -> str:
    """For a newcomer who does not accept them today: nothing is lost, and the ways on."""
    return render_template("networks/welcome_later.html")


@bp.get("/n/<network>/welcome/you")
@closed("one's own profile")
def welcome_you(network: str) -> ResponseReturnValue:
    """School, role, grades, photo and a sentence: all to be skipped."""
    here = viewer()
    return _you_page(here, PlaceForm(here), PhotoForm(), StoryForm(story=here.story))


@bp.post("/n/<network>/welcome/you")
@body_limit()
@closed("one's own profile")
@limited("60/hour")
def welcome_save(network: str) -> ResponseReturnValue:
    here = viewer()
    place, photo, story = PlaceForm(here), PhotoForm(), StoryForm()
    if not (place.validate_on_submit() and photo.validate() and story.validate()):
        return _you_page(here, place, photo, story), WRONG
    try:
        _save(here, place, photo, story)
    except Refused as refused:
        photo.photo.errors = [str(refused)]
        return _you_page(here, place, photo, story), WRONG
    return to("welcome_first_step", here.network)


def _save(here: Member, place: PlaceForm, photo: PhotoForm, story: StoryForm) -> None:
    if photo.photo.data:
        actions.take_photo(here, photo.photo.data)
    if here.may_write:
        actions.change_place(
            here, here, role=place.role.or_none, site_id=place.site_id.number, grades=place.grades.mask
        )
    actions.edit_profile(here, here, story=story.story.data or "")


@bp.get("/n/<network>/welcome/first-step")
@door("first step")
def welcome_first_step(network: str) -> ResponseReturnValue:
    """One small thing to do, as the features offer it."""
    here = viewer()
    if here.norms_version is None:
        return to("welcome", here.network)
    actions.finish_welcome(here)
    steps = sections.of("first step", here)
    return render_template("networks/welcome_step.html", steps=steps, feed=feed_of(here.network))


def _norms_page(here: Member) -> str:
    return render_template(
        "networks/welcome.html",
        version=queries.norms_version(here.network),
        norms=queries.norms_of(here.network),
        again=here.norms_version is not None and here.norms_version != here.network.norms_version,
        changes=queries.what_changed(here.network, here.norms_version),
        hub=queries.hub_of(here.network),
        form=NoFieldsForm(formdata=None),
        accepted=here.norms_version == here.network.norms_version,
    )


def _you_page(here: Member, place: PlaceForm, photo: PhotoForm, story: StoryForm) -> str:
    return render_template("networks/welcome_you.html", place=place, photo=photo, story=story, member=here)


def _after(here: Member) -> str:
    """The page that the gate stood in front of, if it is one of this network."""
    home = feed_of(here.network)
    wanted = safe_next(request.form.get("next", "")[:500], home)
    return wanted if wanted.startswith(home) else home
