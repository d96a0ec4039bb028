"""Asking before words about oneself or a group go out that look like a student's.

Neighbours: `contributions.actions.asking` does it for whatever is shared, with files and with what is kept;
here nothing is kept, so only what is new is asked about.
"""

from app.networks.models import Member
from app.networks.queries.known import known_in
from app.privacy.actions import StudentData, decided_here
from app.privacy.models import undecided
from app.privacy.policy import look


def ask_about(actor: Member, said: dict[str, str], before: dict[str, str]) -> None:
    """The words that differ from those before. Raises StudentData for what nobody has decided on."""
    decided = decided_here()
    words = "\n".join(word for name, word in said.items() if word and word != before.get(name))
    if decided is None or not look(words):
        return
    if left := undecided(look(words, known_in(actor.network_id)), decided):
        raise StudentData(left)
