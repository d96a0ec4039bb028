"""What the library holds about a person, to hand over: resources, uses, lists."""

from collections.abc import Iterator

from sqlalchemy import select

from app.accounts.models import Account
from app.contributions.models import Contribution
from app.core import personal
from app.core.db import db
from app.library.models import (
    Collection,
    CollectionItem,
    RequestNeed,
    Resource,
    ResourceSuggestion,
    ResourceUse,
    ResourceVersion,
)
from app.networks.models import Member


@personal.exports("library")
def what_they_keep(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """One JSON of each kind for each network; files and texts are among their contributions."""
    for member in db.session.scalars(select(Member).where(Member.account_id == account.id)):
        slug = member.network.slug
        yield f"{slug}/resources.json", _resources(member)
        yield f"{slug}/uses.json", _uses(member)
        yield f"{slug}/collections.json", _collections(member)
        yield f"{slug}/suggestions.json", _suggestions(member)
        yield f"{slug}/needed.json", _needs(member)


def _resources(member: Member) -> personal.Value:
    query = select(Resource).join(Contribution, Contribution.id == Resource.contribution_id)
    found = db.session.scalars(query.where(Contribution.author_id == member.id))
    return [
        {
            "id": one.contribution_id,
            "kind": one.what,
            "licence": one.licence,
            "authors": one.authors,
            "tags": one.tags,
            "needs": one.needs,
            "link": one.link_url,
            "versions": [
                {"number": version.number, "note": version.note, "html": version.html}
                for version in db.session.scalars(
                    select(ResourceVersion)
                    .where(ResourceVersion.contribution_id == one.contribution_id)
                    .order_by(ResourceVersion.number)
                )
            ],
        }
        for one in found
    ]


def _uses(member: Member) -> personal.Value:
    found = db.session.scalars(select(ResourceUse).where(ResourceUse.member_id == member.id))
    return [
        {
            "resource": use.contribution_id,
            "outcome": use.outcome,
            "grade": use.grade,
            "setting": use.setting,
            "changed": use.changed,
            "tip": use.tip,
        }
        for use in found
    ]


def _needs(member: Member) -> personal.Value:
    """Requests of others that they need answered too."""
    found = db.session.scalars(select(RequestNeed).where(RequestNeed.member_id == member.id))
    return [{"request": need.request_id, "since": need.said_at.isoformat()} for need in found]


def _collections(member: Member) -> personal.Value:
    return [
        {
            "title": one.title,
            "about": one.about,
            "items": [
                {"resource": item.contribution_id, "note": item.note}
                for item in db.session.scalars(
                    select(CollectionItem)
                    .where(CollectionItem.collection_id == one.id)
                    .order_by(CollectionItem.position)
                )
            ],
        }
        for one in db.session.scalars(select(Collection).where(Collection.owner_id == member.id))
    ]


def _suggestions(member: Member) -> personal.Value:
    found = db.session.scalars(select(ResourceSuggestion).where(ResourceSuggestion.member_id == member.id))
    return [
        {"resource": one.contribution_id, "said": one.said, "word": one.word, "state": one.state}
        for one in found
    ]
