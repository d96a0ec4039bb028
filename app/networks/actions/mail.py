"""The deployment's mail server, chosen by a director in the browser.

Rules: what the operator set in the environment wins, and then nothing is kept here. The
settings lie in a file of DATA_DIR that only its owner reads, as the secret key does. The
test mail is sent by the worker; its result stands on the page.
"""

from typing import Any

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.mail import server
from app.networks import policy
from app.networks.events import MailTestAsked
from app.networks.models import Member, Network
from app.networks.policy import Actor

NotAllowedHere = server.NotAllowedHere


def choose_mail_server(actor: Actor, network: Network, chosen: server.MailServer | None) -> None:
    """Keep the server, or none. Raises NotAllowedHere for an address inside this network."""
    policy.insist(policy.can_set_mail(actor, network))
    server.choose(chosen)
    _forget_test(actor, network)


@command
def _forget_test(_actor: Actor, network: Network) -> None:
    network.settings = {key: value for key, value in network.settings.items() if key != "mail_test"}


@command
def ask_for_test_mail(actor: Member, network: Network) -> None:
    """Have a mail sent to the director."""
    policy.insist(policy.can_set_mail(actor, network))
    network.settings = {**network.settings, "mail_test": {"asked": clock.now().isoformat()}}
    publish(MailTestAsked(actor.id))


@command
def note_test_result(network_id: int, *, problem: str = "") -> None:
    """What became of the test mail; `problem` is a sentence for the director."""
    network = db.session.get(Network, network_id)
    if network is not None:
        result: dict[str, Any] = {**network.settings.get("mail_test", {}), "done": clock.now().isoformat()}
        network.settings = {**network.settings, "mail_test": {**result, "problem": problem[:300]}}
