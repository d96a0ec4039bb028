"""What the world is still owed when a process dies: it arrives after the restart, and once."""

import email
import email.policy
import io
from collections import Counter
from collections.abc import Callable

import pytest
from PIL import Image

from tests.faults.conftest import Rows, in_good_health, in_the_application, until
from tests.faults.visitors import Visitor
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
WAITING = "SELECT count(*) FROM outbox WHERE done_at IS NULL"
TOLD = "SELECT count(*) FROM notification_actor WHERE through_id = :id"
DIES = """
import os, signal
from app.core import drain
from app.notifications.subscribers import contributions as subscribers
finish, tell = drain._finish, subscribers.tell_of

def die_before_the_end_of_a_slow_one(row_id, listener, event):
    if listener.slow:
        os.kill(os.getpid(), signal.SIGKILL)
    finish(row_id, listener, event)

def die_after_telling(contribution_id):
    tell(contribution_id)
    os.kill(os.getpid(), signal.SIGKILL)
"""
AFTER_THE_EFFECT = DIES + "drain._finish = die_before_the_end_of_a_slow_one\ndrain.drain_all()"
INSIDE_THE_TRANSACTION = DIES + "subscribers.tell_of = die_after_telling\ndrain.drain_all()"
MAIL = """
from datetime import timedelta
from app.core import clock
from app.notifications import jobs
noon = (clock.now() + timedelta(days=1)).replace(hour=18, minute=0)
"""
DIES_AFTER_SENDING = """
import os, signal
jobs.end_claim = lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL)
with clock.freeze(noon):
    jobs.mail_what_waits()
"""
SENDS_AGAIN = """
with clock.freeze(noon + timedelta(minutes=11)):
    jobs.mail_what_waits()
with clock.freeze(noon + timedelta(hours=3)):
    assert jobs.mail_what_waits() == 0
"""


def leases_run_out(rows: Rows) -> None:
    """What a dead worker held is free again; nobody needs to wait a minute for that here."""
    rows.change("UPDATE outbox SET due_at = created_at WHERE done_at IS NULL")


def picture() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(made, "PNG")
    return made.getvalue()


def test_what_is_owed_arrives_after_the_restart(own_server: Server, visit: Visit, rows: Rows) -> None:
    own_server.start("web")
    teacher, colleague = visit("teacher"), visit("colleague")
    said = colleague.reply(teacher.share("Warm-ups?"), "A picture and one question.")
    assert rows.one(WAITING), "nobody was there to do it"
    assert rows.one(TOLD, id=said) == 0
    own_server.kill("web")
    own_server.start()
    until(lambda: not rows.one(WAITING), "the worker does what was owed")
    assert rows.one(TOLD, id=said) == 1
    in_good_health(own_server)


def test_a_worker_that_dies_at_work_does_nothing_twice(own_server: Server, visit: Visit, rows: Rows) -> None:
    own_server.start("web")
    in_the_application(own_server, "from app.core.drain import drain_all\ndrain_all()")
    teacher, colleague = visit("teacher"), visit("colleague")
    key = colleague.upload("board.png", picture(), "image/png").json()["key"]
    thumb = "SELECT thumb_key FROM stored_file WHERE key = :key"
    in_the_application(own_server, AFTER_THE_EFFECT, dies=True)
    made = rows.one(thumb, key=key)
    assert made, "the effect is there"
    assert rows.one(WAITING), "its end is not"

    said = colleague.reply(teacher.share("Exit slips?"), "Two questions, no more.")
    in_the_application(own_server, INSIDE_THE_TRANSACTION, dies=True)
    assert rows.one(TOLD, id=said) == 0, "what was not ended was not done"
    leases_run_out(rows)
    own_server.start("worker")
    until(lambda: not rows.one(WAITING), "the next worker ends it")
    assert rows.one(thumb, key=key) == made
    assert rows.one(TOLD, id=said) == 1
    assert not rows.all("SELECT id FROM outbox WHERE error IS NOT NULL")
    in_good_health(own_server)


def test_mail_that_went_out_before_a_crash_is_one_letter(
    own_server: Server, visit: Visit, rows: Rows
) -> None:
    own_server.start("web")
    teacher, colleague = visit("teacher"), visit("colleague")
    colleague.reply(teacher.share("Grading on Fridays?"), "Never again.")
    in_the_application(own_server, "from app.core.drain import drain_all\ndrain_all()")
    in_the_application(own_server, MAIL + DIES_AFTER_SENDING, dies=True)
    folder = own_server.data / "mail"
    (first,) = [path.name for path in folder.glob("*.eml")]
    in_the_application(own_server, MAIL + SENDS_AGAIN)
    letters = {
        path.name: email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["To"]
        for path in folder.glob("*.eml")
    }
    assert first in letters
    assert "teacher@demo.example" in letters.values()
    assert set(Counter(letters.values()).values()) == {1}
