"""Invitations, for facilitators: links for many, and mails for one each."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core import navigation, practice
from app.core.addresses import absolute, path_for
from app.core.doors import closed
from app.core.limits import limited
from app.networks import actions, policy, queries
from app.networks.forms.joining import LinkForm, PeopleForm
from app.networks.forms.members import NoFieldsForm
from app.networks.forms.pasted import Entry, read_people
from app.networks.models import Invitation, Member
from app.networks.routes.blueprint import WRONG, bp, to, viewer


def may_look_after() -> bool:
    """Whether the shell offers the hub's pages to this viewer."""
    here = navigation.member_at_hand()
    return here is not None and policy.can_change_network(here, here.network)


navigation.add(
    "left",
    "networks.invitations",
    _l("Invitations"),
    "plus",
    order=80,
    section=_l("Looking after it"),
    shown=may_look_after,
    also_current=("networks.invite_by_mail", "networks.asks"),
)


@bp.get("/n/<network>/invitations/")
@closed("invitations")
def invitations(network: str) -> str:
    """The links and the mails, with their state."""
    here = _inviting()
    return _page(here, LinkForm(here.network))


@bp.post("/n/<network>/invitations/")
@closed("invitations")
def make_link(network: str) -> ResponseReturnValue:
    here = _inviting()
    form = LinkForm(here.network)
    if not form.validate_on_submit():
        return _page(here, form), WRONG
    invitation = actions.make_invitation(
        here,
        here.network,
        role=form.role.or_none,
        site_id=form.site_id.number,
        days=int(form.days.data),
        max_uses=form.max_uses.data,
        makes_facilitator=bool(form.makes_facilitator.data) and here.is_director,
    )
    return to("invitations", here.network, made=invitation.id)


@bp.post("/n/<network>/invitations/<int:invitation_id>/revoke")
@closed("invitations")
def revoke_link(network: str, invitation_id: int) -> ResponseReturnValue:
    here = _inviting()
    invitation = queries.link_of(here, invitation_id)
    if NoFieldsForm().validate_on_submit():
        actions.revoke_invitation(here, invitation)
        flash(_("This link opens nothing any more. Who came through it stays."), "success")
    return to("invitations", here.network)


@bp.route("/n/<network>/invitations/mail", methods=["GET", "POST"])
@closed("invitations")
@limited("60/hour")
def invite_by_mail(network: str) -> ResponseReturnValue:
    """Paste, look, send: the preview writes nothing and sends nothing."""
    here = _inviting()
    form = PeopleForm(here.network)
    if not form.is_submitted():
        return _mail_page(here, form)
    if not form.validate_on_submit():
        return _mail_page(here, form), WRONG
    entries = _sorted_out(here, read_people(form.people.data or ""))
    if request.form.get("step") != "send":
        return _mail_page(here, form, entries)
    return _send(here, form, entries)


@bp.post("/n/<network>/invitations/mail/<int:mail_id>/again")
@closed("invitations")
@limited("120/hour")
def send_again(network: str, mail_id: int) -> ResponseReturnValue:
    here = _inviting()
    mail = queries.mail_of(here, mail_id)
    if NoFieldsForm().validate_on_submit():
        actions.send_again(here, mail)
        flash(_("On its way to %(email)s again.", email=mail.email), "success")
    return to("invitations", here.network)


def _inviting() -> Member:
    here = viewer()
    policy.insist(policy.can_invite(here, here.network))
    return here


def _sorted_out(here: Member, entries: list[Entry]) -> dict[str, list[Entry]]:
    """The entries as `new`, `member`, `invited` and `wrong`."""
    good = [entry.email for entry in entries if entry.email]
    members, invited = queries.members_among(here, good), queries.invited_among(here, good)
    found: dict[str, list[Entry]] = {"new": [], "invited": [], "member": [], "wrong": []}
    for entry in entries:
        kind = "new"
        if entry.email and not practice.may_write_to(here.network.is_demo, entry.email):
            entry = Entry(entry.text, wrong=_("A practice network writes only to @demo.example."))
        if entry.wrong:
            kind = "wrong"
        elif entry.email in members:
            kind = "member"
        elif entry.email in invited:
            kind = "invited"
        found[kind].append(entry)
    return found


def _send(here: Member, form: PeopleForm, entries: dict[str, list[Entry]]) -> ResponseReturnValue:
    chosen = entries["new"] + (entries["invited"] if form.again.data else [])
    if not chosen:
        flash(_("There is nobody new in this list, so nothing was sent."), "info")
        return _mail_page(here, form, entries), WRONG
    actions.invite_people(
        here,
        here.network,
        [actions.Person(entry.email, entry.name) for entry in chosen],
        role=form.role.or_none,
        site_id=form.site_id.number,
    )
    count = len(chosen)
    flash(
        ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", count),
        "success",
    )
    return to("invitations", here.network)


def _page(here: Member, form: LinkForm) -> str:
    return render_template(
        "networks/invitations.html",
        links=queries.links_of(here, request.args.get("links")),
        mails=queries.mails_of(here, request.args.get("mails")),
        asks=queries.asks_waiting(here),
        form=form,
        token=NoFieldsForm(formdata=None),
        is_good=queries.is_good,
        address_of=_address,
        made=request.args.get("made", ""),
    )


def _mail_page(here: Member, form: PeopleForm, entries: dict[str, list[Entry]] | None = None) -> str:
    return render_template("networks/invite_by_mail.html", form=form, entries=entries, network=here.network)


def _address(invitation: Invitation) -> str:
    return absolute(path_for("networks.join", token=invitation.token))
