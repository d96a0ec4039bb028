"""One's own profile: words, place, photo."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.doors import closed
from app.core.files import Refused
from app.core.limits import limited
from app.core.security import body_limit
from app.networks import actions
from app.networks.forms.members import NoFieldsForm, PhotoForm, PlaceForm, ProfileForm
from app.networks.models import Member
from app.networks.routes.blueprint import WRONG, bp, to, viewer

navigation.add("avatar", "networks.edit_profile", _l("Your profile here"), "person", order=10)


@bp.get("/n/<network>/profile")
@closed("one's own profile")
def edit_profile(network: str) -> ResponseReturnValue:
    here = viewer()
    return _page(here, ProfileForm(obj=here), PlaceForm(here), PhotoForm())


@bp.post("/n/<network>/profile")
@closed("one's own profile")
def save_profile(network: str) -> ResponseReturnValue:
    """Words and place at once; the school changes at once too."""
    here, form = viewer(), ProfileForm()
    place = PlaceForm(here)
    if not (form.validate_on_submit() and (place.validate() or not here.may_write)):
        return _page(here, form, place, PhotoForm(formdata=None)), WRONG
    actions.save_profile(
        here,
        words={name: form[name].data or "" for name in ("name", "working_on", "can_help_with", "story")},
        role=place.role.or_none,
        site_id=place.site_id.number,
        grades=place.grades.mask,
    )
    flash(_("Saved. Colleagues see it at once."), "success")
    return to("profile", here.network, member_id=here.id)


@bp.post("/n/<network>/profile/photo")
@body_limit()
@closed("one's own photo")
@limited("60/hour")
def save_photo(network: str) -> ResponseReturnValue:
    here, form = viewer(), PhotoForm()
    if not form.validate_on_submit() or not form.photo.data:
        flash(_("Please choose a picture first."), "error")
        return to("edit_profile", here.network)
    try:
        actions.take_photo(here, form.photo.data)
    except Refused as refused:
        form.photo.errors = [str(refused)]
        return _page(here, ProfileForm(formdata=None, obj=here), PlaceForm(here), form), WRONG
    flash(_("Nice to see you."), "success")
    return to("edit_profile", here.network)


@bp.post("/n/<network>/profile/photo/remove")
@closed("one's own photo")
def remove_photo(network: str) -> ResponseReturnValue:
    here = viewer()
    if NoFieldsForm().validate_on_submit():
        actions.drop_photo(here)
        flash(_("Your initials are back."), "success")
    return to("edit_profile", here.network)


def _page(here: Member, form: ProfileForm, place: PlaceForm, photo: PhotoForm) -> str:
    return render_template("networks/profile_edit.html", form=form, place=place, photo=photo, member=here)
