"""`/dev/mail`: the messages that were kept, for whoever tries the product out on their own machine.

Rule: these pages do not exist in production; the HTML form of a message is shown under a policy that lets
nothing in it run.
"""

import base64
import hashlib
import re

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from app.core import text
from app.core.access import NotFound, public
from app.core.doors import closed
from app.core.mail.folder import Letter, kept, letter

blueprint = Blueprint("dev_mail", __name__, url_prefix="/dev/mail")
MAIL_ON_THIS_MACHINE = "shows development mail, which carries no contribution"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@blueprint.get("/")
@public
@closed(MAIL_ON_THIS_MACHINE)
def letters() -> str:
    """All of them, newest first."""
    return render_template("core/dev/mail.html", letters=kept())


@blueprint.get("/<name>")
@public
@closed(MAIL_ON_THIS_MACHINE)
def one_letter(name: str) -> str:
    """One of them in its plain form, with links that lead somewhere."""
    found = _found(name)
    # Made from plain words by the text cleaner.
    return render_template("core/dev/letter.html", letter=found, words=Markup(text.from_plain(found.text)))  # noqa: S704


@blueprint.get("/<name>/html")
@public
@closed(MAIL_ON_THIS_MACHINE)
def html_form(name: str) -> Response:
    """One of them in its HTML form."""
    html = _found(name).html
    return Response(html, headers={"Content-Security-Policy": _policy(html)}, mimetype="text/html")


def _found(name: str) -> Letter:
    found = letter(name)
    if found is None:
        raise NotFound
    return found


def _policy(html: str) -> str:
    """Nothing runs; our own style sheet applies because its hash is named."""
    hashes = (hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(html))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes) or "'none'"
    return f"default-src 'none'; style-src {allowed}; sandbox allow-top-navigation-by-user-activation"
