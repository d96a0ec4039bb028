"""The demo's library: written as its own commands would leave it, inside the loader's command."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.contributions.models import Attachment, Contribution, ContributionStandard, Reaction
from app.core import text
from app.core.db import db
from app.core.files.models import StoredFile
from app.demo.content import When, read_standards
from app.demo.content.shelves import read_library
from app.demo.loading.conversing import add_reply, add_root
from app.demo.loading.props import Prop
from app.demo.loading.stage import Stage
from app.library.actions.adding import card_of
from app.library.actions.using import How, as_html
from app.library.models import (
    Adaptation,
    Collection,
    CollectionItem,
    RequestAnswer,
    RequestNeed,
    Resource,
    ResourceRequest,
    ResourceSuggestion,
    ResourceUse,
    ResourceVersion,
    VersionFile,
)
from app.library.queries import counts_of
from app.networks.models import grade_bit
from app.spaces.models import SpaceMember
from app.standards.queries import standards_of_code

BODY = ("what", "subject", "minutes", "needs", "licence", "tags")


class Shelves:
    """One network's library; `props` are copies of the script's files, for resources alone."""

    def __init__(self, stage: Stage, props: dict[str, Prop], now: datetime) -> None:
        self.stage, self.props, self.now = stage, props, now
        self.made: dict[str, Contribution] = {}
        self.zone = ZoneInfo(stage.script.time_zone)

    def write(self) -> list[int]:
        """Everything; gives the ids of the roots."""
        script = read_library(self.stage.script.slug)
        for one in sorted(script["resources"], key=lambda one: -one["days_ago"]):
            self._resource(one)
        for one in script["resources"]:
            self._uses(one)
        asked = [self._request(one) for one in script["requests"]]
        for one in script["collections"]:
            self._collection(one)
        for one in script.get("suggestions", []):
            self._suggestion(one)
        db.session.flush()
        return [root.id for root in (*self.made.values(), *asked)]

    def at(self, days_ago: float, clock: str = "16:40") -> datetime:
        return When(days_ago=int(days_ago), clock=clock).at(self.now, self.zone)

    def space(self, key: str) -> int:
        return self.stage.spaces[key, "" if key == "commons" else 0]

    def _resource(self, one: dict[str, Any]) -> None:
        author = self.stage.casts[0][one["author"]]
        at = self.at(one["days_ago"])
        root = add_root(
            self.stage,
            author,
            self.space(one["space"]),
            at,
            kind="resource",
            title=one["title"],
            html=text.clean(one["html"]),
        )
        root.grades = sum(grade_bit(grade) for grade in one["grades"])
        root.driver_id = self.stage.drivers[one["driver"]] if one["driver"] else None
        named = {person.key: person.name for person in self.stage.script.people}
        body = {name: one[name] for name in BODY}
        body |= {"authors": one["authors"] or named[one["author"]], "link_url": one["link"]}
        body |= {"form": "file" if one["files"] else "link" if one["link"] else "page", "language": "en"}
        files = [self.props[key].on_card() for key in one["files"]]
        root.card = {**card_of(body), **({"files": files} if files else {})}
        db.session.add(Resource(contribution_id=root.id, **body))
        self._versions(one, root, author.id, at)
        self._serves(one["key"], root)
        for link in one["made_of"]:
            source = self.made[link["source"]]
            made = Adaptation(contribution_id=root.id, source_id=source.id, changed=link["changed"])
            made.source_title, made.source_licence = source.title, source.card["licence"]
            made.source_authors = source.card["authors"]
            db.session.add(made)
        self._thanks(root, one["thanks"], at)
        self.made[one["key"]] = root

    def _serves(self, key: str, root: Contribution) -> None:
        standards = read_standards(self.stage.script.slug)
        for code, relation in standards.serves.get(f"library:{key}", {}).items() if standards else ():
            standard = standards_of_code(self.stage.network_id, code)[0]
            db.session.add(
                ContributionStandard(contribution_id=root.id, standard_id=standard.id, relation=relation)
            )

    def _thanks(self, root: Contribution, wanted: int, at: datetime) -> None:
        """From people who see it, the author apart; the same ones each time."""
        seeing = select(SpaceMember.member_id).where(SpaceMember.space_id == root.space_id)
        inside = None if root.space_id == self.space("commons") else set(db.session.scalars(seeing))
        others = [
            actor.id
            for actor in self.stage.casts[0].values()
            if actor.id != root.author_id and (inside is None or actor.id in inside)
        ]
        thankful = Random(root.title).sample(others, min(wanted, len(others)))
        for member_id in thankful:
            db.session.add(
                Reaction(contribution_id=root.id, member_id=member_id, kind="thanks", created_at=at)
            )
        root.thanks_count = len(thankful)

    def _versions(self, one: dict[str, Any], root: Contribution, author_id: int, at: datetime) -> None:
        stored: dict[str, int] = {}
        steps = one["versions"] or [{"files": one["files"], "note": "", "days_ago": one["days_ago"]}]
        for number, step in enumerate(steps, 1):
            made_at = at if number == 1 else self.at(step["days_ago"])
            version = ResourceVersion(
                contribution_id=root.id,
                number=number,
                note=step["note"],
                html=root.html,
                link_url=one["link"],
                made_by_id=author_id,
                made_at=made_at,
            )
            db.session.add(version)
            db.session.flush()
            for position, key in enumerate(step["files"]):
                stored[key] = stored.get(key) or self._file(root, key, author_id, made_at, len(stored))
                db.session.add(VersionFile(version_id=version.id, file_id=stored[key], position=position))
        db.session.get_one(Resource, root.id).version = len(steps)

    def _file(self, root: Contribution, key: str, uploader_id: int, at: datetime, position: int) -> int:
        prop = self.props[key]
        row = StoredFile(**prop.row("contribution", self.stage.network_id, uploader_id, at))
        db.session.add(row)
        db.session.flush()
        attachment = Attachment(contribution_id=root.id, file_id=row.id, position=position, alt=prop.alt)
        db.session.add(attachment)
        return row.id

    def _uses(self, one: dict[str, Any]) -> None:
        root = self.made[one["key"]]
        for use in sorted(one["uses"], key=lambda use: -use["days_ago"]):
            author = self.stage.casts[0][use["author"]]
            how = How(use["outcome"], use["grade"], use["setting"], use["changed"], use["tip"])
            at = min(self.at(use["days_ago"], "17:20"), self.now - timedelta(minutes=2))
            reply = add_reply(self.stage, root, author, at, text.clean(as_html(how)))
            reply.outcome = how.outcome
            reply.grades = grade_bit(how.grade) if how.grade is not None else 0
            db.session.add(
                ResourceUse(
                    reply_id=reply.id,
                    contribution_id=root.id,
                    member_id=author.id,
                    site_id=author.site_id,
                    used_at=at,
                    **vars(how),
                )
            )
        db.session.flush()
        self._count(root)

    def _request(self, one: dict[str, Any]) -> Contribution:
        cast = self.stage.casts[0]
        at, day = self.at(one["days_ago"], "19:10"), (self.now + timedelta(days=one["needed_in"])).date()
        root = add_root(
            self.stage,
            cast[one["author"]],
            self.space("commons"),
            at,
            kind="request",
            title=one["title"],
            html=text.clean(one["html"]),
        )
        root.grades = sum(grade_bit(grade) for grade in one["grades"])
        row = ResourceRequest(contribution_id=root.id, needed_by=day)
        db.session.add(row)
        root.card = {"needed_by": day.isoformat()}
        for answer in one["answers"]:
            resource = self.made[answer["resource"]]
            html = text.clean(answer["html"])
            row.met_at = at + timedelta(hours=answer["hours"])
            reply = add_reply(self.stage, root, cast[answer["author"]], row.met_at, html)
            ids = {"request_id": root.id, "resource_id": resource.id, "reply_id": reply.id}
            db.session.add(RequestAnswer(**ids))
        if one["answers"]:
            root.card = {**root.card, "answers": len(one["answers"]), "met": True}
        for person in one.get("needs", []):
            db.session.add(RequestNeed(request_id=root.id, member_id=cast[person].id, said_at=at))
        if one.get("needs"):
            root.card = {**root.card, "needs": len(one["needs"])}
        return root

    def _collection(self, one: dict[str, Any]) -> None:
        owner = self.stage.casts[0][one["owner"]]
        made = Collection(
            network_id=self.stage.network_id,
            space_id=self.space(one["space"]) if one["space"] else None,
            owner_id=owner.id,
            title=one["title"],
            about=one["about"],
            created_at=self.at(12),
        )
        db.session.add(made)
        db.session.flush()
        for position, (key, note) in enumerate(one["items"], 1):
            item = {"collection_id": made.id, "contribution_id": self.made[key].id}
            db.session.add(CollectionItem(**item, position=position, note=note))

    def _suggestion(self, one: dict[str, Any]) -> None:
        """As its maker sent it; one that was taken stands in the resource already."""
        at, said = min(self.at(one["days_ago"]), self.now - timedelta(minutes=5)), dict(one["said"])
        if "grades" in said:
            said["grades"] = sum(grade_bit(grade) for grade in said["grades"])
        db.session.add(
            ResourceSuggestion(
                contribution_id=self.made[one["resource"]].id,
                member_id=self.stage.casts[0][one["author"]].id,
                said=said,
                word=one["word"],
                state=one["state"],
                made_at=at,
                answered_at=None if one["state"] == "open" else at + timedelta(hours=5),
            )
        )

    def _count(self, root: Contribution) -> None:
        counts = counts_of(root.id)
        body = db.session.get_one(Resource, root.id)
        body.uses, body.used_at = counts["people"], counts.pop("last")
        if body.uses:
            root.card = {**root.card, "uses": {name: number for name, number in counts.items() if number}}
