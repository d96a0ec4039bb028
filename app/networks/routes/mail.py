"""Mail in the settings: the server, the sender, a test mail."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.doors import closed
from app.core.limits import limited
from app.networks import actions, policy, queries
from app.networks.forms.settings import MailForm
from app.networks.models import Member
from app.networks.routes.blueprint import WRONG, bp, to, viewer


@bp.route("/n/<network>/settings/mail", methods=["GET", "POST"])
@closed("the mail server, without its password")
@limited("30/hour")
def settings_mail(network: str) -> ResponseReturnValue:
    """For a director of the network that was set up here."""
    here = viewer()
    policy.insist(policy.can_set_mail(here, here.network))
    form = MailForm()
    if not form.is_submitted():
        form = MailForm.now()
    elif save_mail(here, form):
        flash(_("A test mail is on its way to you.") if form.step == "test" else _("Saved."), "success")
        return to("settings_mail", here.network)
    state = queries.mail_state(here.network)
    return render_template("networks/settings/mail.html", form=form, state=state), (
        WRONG if form.is_submitted() else 200
    )


def save_mail(here: Member, form: MailForm) -> bool:
    """Keep what was typed, and send a test mail where asked; False when something is wrong."""
    fixed = queries.mail_state(here.network).fixed
    if not fixed:
        if not form.validate_on_submit():
            return False
        try:
            actions.choose_mail_server(here, here.network, form.server())
        except actions.NotAllowedHere as error:
            form.host.errors = [str(error)]
            return False
    if form.step == "test":
        actions.ask_for_test_mail(here, here.network)
    return True
