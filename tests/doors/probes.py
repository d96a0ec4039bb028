"""How a test opens each door as a viewer: the probe returns all the text that comes out.

A probe is `(visit) -> str`; `Visit` knows the viewer's browser and the contribution. What a
door shows is searched for the contribution's canary.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from app.contributions.models import Attachment, Contribution
from app.core import previews, search
from app.core.db import db
from app.core.realtime import registry, tail
from app.core.realtime.seats import Sitting, room, seats
from app.core.search import feeding
from app.core.streams import StreamEvent
from app.moderation.models import Case
from app.networks.models import Member
from app.spaces.models import Space
from tests.notifications.planted import mail_about, told_before
from tests.support.clients import Client


@dataclass
class Visit:
    viewer: Member
    browser: Client
    post: Contribution
    reply: Contribution

    def get(self, path: str) -> str:
        return self.browser.get(path).text

    def here(self, rest: str = "") -> str:
        return f"/n/{self.slug}/c/{self.post.id}{rest}"

    @property
    def slug(self) -> str:
        from app.networks.models import Network

        return str(db.session.get_one(Network, self.post.network_id).slug)


Probe = Callable[[Visit], str]


def _feed(visit: Visit) -> str:
    return visit.get(f"/n/{visit.slug}/") + visit.get(f"/n/{visit.slug}/?kind={visit.post.kind}")


def _space_feed(visit: Visit) -> str:
    return visit.get(f"/n/{visit.slug}/spaces/{visit.post.space.slug}/") + visit.get(
        f"/n/{visit.slug}/spaces/mine"
    )


def _group(visit: Visit, rest: str) -> str:
    return visit.get(f"/n/{visit.slug}/groups/{visit.post.space.slug}/{rest}")


def _group_files(visit: Visit) -> str:
    return (
        _group(visit, "files")
        + _group(visit, "files?show=photos")
        + _group(visit, "")
        + _group(visit, "members")
    )


def _for_leads(visit: Visit) -> str:
    return _group(visit, "leads")


def _page(visit: Visit) -> str:
    reply = visit.browser.get(f"/n/{visit.slug}/c/{visit.reply.id}", follow_redirects=True).text
    return visit.get(visit.here()) + visit.get(visit.here("/replies")) + reply


def _menu(visit: Visit) -> str:
    return visit.get(visit.here("/menu")) + visit.get(f"/n/{visit.slug}/c/{visit.reply.id}/menu")


def _history(visit: Visit) -> str:
    return visit.get(visit.here("/history"))


def _link_card(visit: Visit) -> str:
    return visit.get(visit.here("/card")) + visit.get(f"/n/{visit.slug}/c/{visit.reply.id}/card")


def _reactions(visit: Visit) -> str:
    return visit.get(visit.here("/people"))


def _edit(visit: Visit) -> str:
    return visit.get(visit.here("/edit-post")) + visit.get(visit.here("/edit"))


def _compose(visit: Visit) -> str:
    return visit.get(f"/n/{visit.slug}/share/tried_it?about={visit.post.id}")


def _saved(visit: Visit) -> str:
    visit.browser.post(visit.here("/save"), data={"on": "1"})
    return visit.get(f"/n/{visit.slug}/saved/")


def _commitments(visit: Visit) -> str:
    visit.browser.post(visit.here("/try"), data={"on": "1"})
    return visit.get(f"/n/{visit.slug}/trying/") + visit.get(f"/n/{visit.slug}/trying/aside")


def _profile(visit: Visit) -> str:
    return visit.get(f"/n/{visit.slug}/members/{visit.post.author_id or visit.reply.author_id}")


def _first_step(visit: Visit) -> str:
    return visit.get(f"/n/{visit.slug}/welcome/first-step")


def _file(visit: Visit) -> str:
    keys = db.session.scalars(select(Attachment).where(Attachment.contribution_id == visit.post.id))
    return "".join(visit.get(f"/files/{attachment.file.key}") for attachment in keys)


def _file_page(visit: Visit) -> str:
    previews.catch_up()
    keys = db.session.scalars(select(Attachment).where(Attachment.contribution_id == visit.post.id))
    return "".join(visit.get(f"/n/{visit.slug}/files/{attachment.file.key}") for attachment in keys)


def _conversations(visit: Visit) -> str:
    return visit.get(f"/n/{visit.slug}/conversations/") + visit.get(f"/n/{visit.slug}/conversations/unread")


def _streams(visit: Visit) -> list[str]:
    return [f"space:{visit.post.space_id}", f"contribution:{visit.post.id}", f"contribution:{visit.reply.id}"]


def _socket_join(visit: Visit) -> str:
    """What a catch-up from the beginning would carry."""
    out = ""
    for name in _streams(visit):
        if registry.authorize(visit.viewer.account, name) is None:
            continue
        for event in db.session.scalars(select(StreamEvent).where(StreamEvent.stream == name)):
            out += str(tail.wrap(event, tail.render(event, "en")))
    return out


def _live_event(visit: Visit) -> str:
    """What the tail would tell the sockets that were allowed to sit down."""
    sid = f"probe-{visit.viewer.id}"
    seats.connect(Sitting(sid, visit.viewer.account_id or 0, 0, "en"))
    try:
        for name in _streams(visit):
            seat = registry.authorize(visit.viewer.account, name)
            if seat is not None:
                seats.take(sid, name, seat)
        return _told_to(sid, visit)
    finally:
        seats.disconnect(sid)


def _told_to(sid: str, visit: Visit) -> str:
    sitting = seats.get(sid)
    assert sitting is not None
    rooms = {room(name, sitting.language) for name in sitting.seats}
    events = db.session.scalars(select(StreamEvent).where(StreamEvent.stream.in_(_streams(visit))))
    return "".join(
        str(tail.wrap(event, tail.render(event, language)))
        for event in events
        for language in seats.languages(event.stream)
        if room(event.stream, language) in rooms
    )


def _typing(visit: Visit) -> str:
    """Typing names a person and a stream, never a text: hearing it needs the same seat."""
    return ""


def _export(visit: Visit) -> str:
    from app.core import personal

    return "".join(str(value) for _path, value in personal.everything_of(visit.viewer.account))


def _notification(visit: Visit) -> str:
    """The bell of somebody who was told of the post once, whether they see it now or not."""
    line_id = told_before(visit.viewer.id, visit.post)
    live = registry.payload("notification:changed", line_id)
    return visit.get("/notifications") + visit.get("/notifications/panel") + str(live)


def _notification_mail(visit: Visit) -> str:
    """Names who and where, and never a word of what was written."""
    return mail_about(visit.viewer.id, visit.post)


@contextmanager
def _as_a_thread(post: Contribution) -> Iterator[None]:
    """The post, as if it had been shared as a thread."""
    before, post.kind = post.kind, "thread"
    db.session.commit()
    yield
    post.kind = before
    db.session.commit()


def _threads(visit: Visit) -> str:
    """The page of a talk, its windows and the lists that lead there."""
    with _as_a_thread(visit.post):
        lists = visit.get(f"/n/{visit.slug}/threads/")
        lists += visit.get(f"/n/{visit.slug}/spaces/{visit.post.space.slug}/threads/")
        return lists + _page(visit) + "".join(map(visit.get, map(visit.here, ("/window", "/head", "/words"))))


def _summary(visit: Visit) -> str:
    """What stands on top of a talk, written by somebody who may."""
    from app.threads.models import Summary

    with _as_a_thread(visit.post):
        if not db.session.scalar(select(Summary.id).where(Summary.contribution_id == visit.post.id)):
            db.session.add(Summary(contribution_id=visit.post.id, html=f"<p>{visit.post.title}</p>"))
            db.session.commit()
        return visit.get(visit.here("/summaries")) + visit.get(visit.here("/summary"))


def _as_a_resource(post: Contribution) -> Iterator[None]:
    """The post, as if it had been added to the library."""
    from app.library.models import Resource

    if db.session.get(Resource, post.id) is None:
        body = {"what": "task", "form": "page", "licence": "CC0-1.0", "authors": post.title}
        db.session.add(Resource(contribution_id=post.id, **body))
        db.session.commit()
    before, post.kind = post.kind, "resource"
    db.session.commit()
    yield
    post.kind = before
    db.session.commit()


def _library(visit: Visit) -> str:
    """The shelves, a group's materials, a collection that holds it, and what is needed."""
    from app.library.models import Collection, CollectionItem

    with contextmanager(_as_a_resource)(visit.post):
        commons = select(Space.id).where(Space.network_id == visit.post.network_id, Space.kind == "commons")
        made = Collection(
            network_id=visit.post.network_id, space_id=db.session.scalar(commons), title="All of it"
        )
        db.session.add(made)
        db.session.flush()
        db.session.add(CollectionItem(collection_id=made.id, contribution_id=visit.post.id))
        db.session.commit()
        library = f"/n/{visit.slug}/library"
        pages = ("/", "/?tab=recent", "/?tab=mine", "/needed", "/collections/", f"/collections/{made.id}")
        archives = (f"/collections/{made.id}/archive", "/mine/archive")
        packed = "".join(visit.browser.get(library + each).data.decode(errors="replace") for each in archives)
        shown = "".join(visit.get(library + each) for each in pages)
        return packed + shown + _group(visit, "materials")


def _resource(visit: Visit) -> str:
    """A resource's page, and the forms around it."""
    with contextmanager(_as_a_resource)(visit.post):
        rest = ("", "/used", "/adapt", "/collect", "/suggest", "/versions/1")
        return "".join(map(visit.get, map(visit.here, rest)))


def _norms(visit: Visit) -> str:
    """The list below the norms, and the page of a proposal, as if the post had been one."""
    from app.norms.models import NormsProposal

    if db.session.get(NormsProposal, visit.post.id) is None:
        norm = {"ref": "new1", "number": 1, "title": visit.post.title, "meaning": "", "example": ""}
        row = {"network_id": visit.post.network_id, "base": 1, "changes": [{"old": None, "new": norm}]}
        db.session.add(NormsProposal(contribution_id=visit.post.id, **row))
    before, visit.post.kind = visit.post.kind, "norms"
    db.session.commit()
    pages = visit.get(f"/n/{visit.slug}/norms/") + _page(visit) + visit.get(visit.here("/renew"))
    visit.post.kind = before
    db.session.commit()
    return pages


def _search(visit: Visit) -> str:
    """By words beside the canary, because the page repeats what was asked."""
    feeding.catch_up(search.engine())
    page = f"/n/{visit.slug}/search"
    asked = ("?q=title", "?q=reply", "?q=again&sort=new", "/suggestions?q=titl")
    return "".join(visit.get(page + each) for each in asked)


def _standard(visit: Visit) -> str:
    """The page of a standard that the post names, the one above it, and the tree."""
    from tests.standards.planted import named_by

    here = f"/n/{visit.slug}/standards/"
    pages = "".join(visit.get(f"{here}{number}") for number in named_by(visit.post))
    return pages + visit.get(here) + visit.get(f"{here}?q=6.SP")


def _report(visit: Visit) -> str:
    """The form that reports it, and the reply."""
    here = f"/n/{visit.slug}/report/c/"
    return visit.get(f"{here}{visit.post.id}") + visit.get(f"{here}{visit.reply.id}")


def _moderation(visit: Visit) -> str:
    """The queue and every case: nothing of what nobody reported."""
    cases = db.session.scalars(select(Case.id))
    tabs = "".join(visit.get(f"/moderation?state={state}") for state in ("new", "claimed", "done"))
    return tabs + "".join(visit.get(f"/moderation/{number}") for number in cases)


PROBES: dict[str, Probe] = {
    "report": _report,
    "moderation": _moderation,
    "threads": _threads,
    "summary": _summary,
    "library": _library,
    "norms": _norms,
    "resource": _resource,
    "feed": _feed,
    "space feed": _space_feed,
    "group files": _group_files,
    "for leads": _for_leads,
    "page": _page,
    "menu": _menu,
    "history": _history,
    "link card": _link_card,
    "reactions": _reactions,
    "edit": _edit,
    "compose": _compose,
    "saved": _saved,
    "commitments": _commitments,
    "profile": _profile,
    "first step": _first_step,
    "file": _file,
    "file page": _file_page,
    "conversations": _conversations,
    "socket join": _socket_join,
    "live event": _live_event,
    "typing": _typing,
    "export": _export,
    "search": _search,
    "standard": _standard,
    "notification": _notification,
    "notification mail": _notification_mail,
}
