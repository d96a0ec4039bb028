"""The network's standards: which lists are used, one to bring in and look at first, one to put away."""

from typing import BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.doors import closed
from app.core.files import StorageFull, files
from app.core.limits import limited
from app.core.security import body_limit
from app.core.text import line
from app.networks.models import Member
from app.networks.policy import insist
from app.standards import actions, policy
from app.standards.forms import ChoiceForm, ImportForm, TakeForm
from app.standards.models.words import reason_sentence
from app.standards.queries.browsing import frameworks_to_choose
from app.standards.queries.case import LARGEST
from app.standards.queries.finding import chosen_ids, get_framework
from app.standards.queries.imports import get_import, imports_of
from app.standards.routes import bp

navigation.add(
    "settings",
    "standards.settings",
    _l("Standards"),
    "numbers",
    also_current=("standards.bring_in", "standards.take"),
)


def _hub() -> Member:
    viewer: Member = current_viewer()
    insist(policy.can_choose(viewer, viewer.network))
    return viewer


@bp.get("/n/<network>/settings/standards")
@closed("published lists only")
def settings(network: str) -> ResponseReturnValue:
    return _page(_hub(), ImportForm(formdata=None))


@bp.post("/n/<network>/settings/standards")
@closed("published lists only")
def choose(network: str) -> ResponseReturnValue:
    """Use the frameworks that are ticked."""
    here = _hub()
    actions.choose_frameworks(here, here.network, ChoiceForm().framework_ids)
    flash(_("Saved."), "success")
    return redirect(path_for("standards.settings", network=network), 303)


@bp.post("/n/<network>/settings/standards/import")
@body_limit(LARGEST + 1024 * 1024)
@limited("20/hour")
@closed("published lists only")
def bring_in(network: str) -> ResponseReturnValue:
    """Keep the file, or the address; the worker reads it."""
    here, form = _hub(), ImportForm()
    if not form.validate_on_submit():
        return _page(here, form), 422
    sent = form.file.data
    try:
        blob = files.store.put(cast(BinaryIO, sent.stream)) if sent is not None else None
    except StorageFull as error:
        form.file.errors = [str(error)]
        return _page(here, form), 507
    source = line(sent.filename or "")[:200] if sent is not None else form.address.data or ""
    actions.ask_for_import(here, here.network, source=source, blob_key=blob.key if blob else None)
    flash(_("We are reading it. Nothing changes before you have looked at what is in it."), "info")
    return redirect(url_for("standards.settings", network=network, _anchor="imports"), 303)


@bp.post("/n/<network>/settings/standards/import/<int:import_id>")
@limited("60/hour")
@closed("published lists only")
def take(network: str, import_id: int) -> ResponseReturnValue:
    """A person has looked: bring it in without what is not ticked, or (`drop`) not at all."""
    here = _hub()
    asked = get_import(here.network_id, import_id)
    if "drop" in request.form:
        actions.drop_import(here, asked)
        flash(_("Nothing was brought in."), "info")
    else:
        actions.take_import(here, asked, TakeForm().left_out(asked.report.get("plans", ())))
    return redirect(url_for("standards.settings", network=network, _anchor="imports"), 303)


@bp.post("/n/<network>/settings/standards/lists/<int:framework_id>")
@limited("60/hour")
@closed("published lists only")
def retire(network: str, framework_id: int) -> ResponseReturnValue:
    """Put a list of one's own away, or (`again`) offer it once more."""
    here = _hub()
    framework = get_framework(here, framework_id)
    title = framework.title
    if "again" in request.form:
        actions.use_again(here, here.network, framework)
        flash(_("People can name standards from “%(title)s” again.", title=title), "success")
    elif actions.retire_framework(here, here.network, framework):
        flash(_("“%(title)s” is gone. Nothing had named it.", title=title), "success")
    else:
        flash(_("“%(title)s” is put away. What names it goes on naming it.", title=title), "success")
    return redirect(path_for("standards.settings", network=network), 303)


def _page(here: Member, form: ImportForm) -> str:
    return render_template(
        "standards/settings/standards.html",
        form=form,
        frameworks=frameworks_to_choose(here.network_id),
        put_away=frameworks_to_choose(here.network_id, retired=True),
        chosen=chosen_ids(here.network_id),
        imports=imports_of(here.network_id),
        reason_sentence=reason_sentence,
    )
