"""Taking a post of the kind *material* into the library: it becomes a resource where it stands.

Its id stays, and with it every link, reply, reaction and file.
"""

from typing import Any

from app.contributions.actions import edit_contribution
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries import get_root
from app.core import text
from app.core.command import command
from app.core.db import db
from app.library.actions.adding import card_of
from app.library.actions.versions import keep_version
from app.library.models import KIND, Resource
from app.library.policy import can_take_in
from app.library.queries import default_licence, guess
from app.networks.models import Member


@command
def take_in(actor: Member, post: Contribution) -> Contribution:
    """Raises NotFound, Forbidden."""
    post = get_root(actor, post.id)
    require(can_take_in(actor, post))
    files = post.card.get("files", [])
    names = [file["name"] for file in files]
    guessed = guess(post.title, names, "", post.text)
    body: dict[str, Any] = {
        "what": guessed.what,
        "form": "file" if files else "page",
        "subject": "",
        "minutes": guessed.minutes,
        "needs": "",
        "language": "en",
        "licence": default_licence(actor),
        "authors": actor.name,
        "tags": [],
        "link_url": "",
    }
    title = post.title or guessed.title or text.excerpt(post.text, 80)
    card = {**card_of(body), **({"files": files} if files else {})}
    changes = {"kind": KIND, "card": card, "grades": post.grades or guessed.grades}
    edit_contribution(actor, post, html=post.html, title=title, changes=changes)
    db.session.add(Resource(contribution_id=post.id, **body))
    db.session.flush()
    keep_version(actor, post, note="")
    return post
