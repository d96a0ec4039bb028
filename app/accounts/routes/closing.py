"""Taking one's data along, and deleting one's account."""

from itertools import chain

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import actions, queries
from app.accounts.forms import DeleteForm
from app.accounts.models import Account
from app.accounts.routes import arriving
from app.accounts.routes.blueprint import bp, unkept, with_password
from app.core import bundles, personal
from app.core.access import NotFound, current_account
from app.core.doors import closed, door
from app.core.files import Missing, files
from app.core.files.names import disposition
from app.core.limits import limited


@bp.get("/account/data")
@closed("says how far the download is; the file itself goes out by another way")
@unkept
def data() -> ResponseReturnValue:
    """How to take one's data along, and how far that is."""
    return render_template("accounts/data.html", download=queries.last_download(current_account()))


@bp.get("/account/data/progress")
@closed("says how far the download is")
@unkept
def data_progress() -> ResponseReturnValue:
    """The part of that page which changes while the worker builds."""
    return render_template("accounts/_download.html", download=queries.last_download(current_account()))


@bp.get("/account/data/archive")
@door("export")
@limited("30/hour")
def archive() -> ResponseReturnValue:
    """The copy that was built, and with it, made only now and kept nowhere, what has no name on it."""
    me = current_account()
    download = queries.last_download(me)
    if download is None or download.file_key is None:
        raise NotFound
    unnamed = list(personal.unnamed_of(me))
    if not unnamed:
        return redirect(url_for("files.open_file", key=download.file_key), 303)
    try:
        built = files.open(download.file_key)
    except Missing as error:
        raise NotFound from error
    headers = {"Content-Disposition": disposition("throughline-data.zip", inline=False)}
    headers["Cache-Control"] = "private, no-store"
    entries = chain(bundles.entries_of(built), unnamed)
    answer = Response(bundles.sent(entries), mimetype="application/zip", headers=headers)
    # whoever asks for the head alone, or leaves early, never begins to read
    answer.call_on_close(built.close)
    return answer


@bp.post("/account/data")
@closed("only asks for it")
@limited("10/hour")
def ask_for_data() -> ResponseReturnValue:
    actions.ask_for_download(current_account())
    return redirect(url_for("accounts.data"), 303)


@bp.route("/account/delete", methods=["GET", "POST"])
@closed("one's own account")
@unkept
def delete() -> ResponseReturnValue:
    """What happens when one deletes one's account, and the button that does it."""
    me, form = current_account(), DeleteForm()

    def go() -> Account:
        keep = form.keep.data == "yes"
        return actions.delete_account(me, password=form.password.data or "", keep_contributions=keep)

    def say_goodbye(_gone: Account) -> ResponseReturnValue:
        arriving.leave()
        flash(_("Your account is deleted. Thank you for what you gave; you are welcome back any time."))
        return redirect(url_for("accounts.sign_in"), 303)

    return with_password("accounts/delete.html", form, go, say_goodbye)
