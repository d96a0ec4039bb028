"""What the worker does each minute: one merged mail to those who have not seen a reply or mention.

The window is fixed before anybody is looked up. Each person is claimed, written to outside any
transaction, and marked; a mail server that does not answer ends the round, and the claims of
those who were tried run out and come again.
"""

import smtplib
from datetime import datetime, timedelta

import structlog
from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import clock, practice, text
from app.core.addresses import absolute, path_for
from app.core.db import db
from app.core.doors import closed, door
from app.core.jobs import periodic
from app.core.mail import send_mail
from app.notifications.actions import claim_mail, end_claim, forget_old_lines
from app.notifications.queries import Letter, due_members, letter_for

LOOKING = timedelta(minutes=5)
"""They may have it before their eyes; mail waits this long."""
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
"""One message was not taken; the server itself is well."""
log = structlog.get_logger()


@periodic(minute="*")
@door("notification mail")
def mail_what_waits() -> int:
    """Write to everybody who is due now; returns how many mails went."""
    until = clock.now() - LOOKING
    ids = due_members(until)
    db.session.commit()
    sent = 0
    for member_id in ids:
        try:
            sent += _mail_one(member_id, until)
        except REFUSED as error:
            log.warning("notification_mail_refused", member=member_id, error=type(error).__name__)
        except OSError as error:
            log.warning("mail_server_silent", error=type(error).__name__)
            break
        except Exception:
            log.exception("notification_mail_failed", member=member_id)
    return sent


@periodic(hour="3", minute="40")
@closed("deletes what nobody looks at any more")
def forget_old() -> None:
    """Once a day: lines that were read half a year ago go."""
    forget_old_lines()


def _mail_one(member_id: int, until: datetime) -> int:
    claimed = claim_mail(member_id, until)
    if claimed is None:
        return 0
    letter = letter_for(member_id, claimed)
    if letter is not None and not practice.may_write_to(letter.account.is_demo, letter.account.email or ""):
        letter = None
    db.session.commit()
    if letter is not None:
        _send(letter, key=f"notifications:{member_id}:{claimed.isoformat()}")
    end_claim(member_id, claimed, sent=letter is not None)
    return int(letter is not None)


def _send(letter: Letter, *, key: str) -> None:
    assert letter.account.email is not None
    with force_locale(letter.account.language):
        send_mail(
            letter.account.email,
            _subject(letter),
            words_of(letter),
            unsubscribe_url=absolute(path_for("notifications.unsubscribe", token=letter.token)),
            key=key,
        )


def words_of(letter: Letter) -> str:
    """The plain text of a mail, in the current language."""
    settings = absolute(path_for("notifications.settings"))
    return render_template("notifications/mail/unseen.txt", letter=letter, settings=settings)


def _subject(letter: Letter) -> str:
    """Who and where, never what."""
    network = text.line(letter.reader.network.name)
    number = len(letter.items) + letter.more
    first = letter.items[0]
    if number > 1:
        return _("%(number)s things for you in %(network)s", number=number, network=network)
    if first.people.count > 1 or not first.people.named:
        return _("Something for you in %(network)s", network=network)
    name = text.line(first.people.named[0].name) or _("A former member")
    if first.verb == "mentioned":
        return _("%(name)s mentioned you in %(network)s", name=name, network=network)
    if first.verb == "wrote":
        return _("%(name)s wrote to you in %(network)s", name=name, network=network)
    return _("%(name)s replied to you in %(network)s", name=name, network=network)
