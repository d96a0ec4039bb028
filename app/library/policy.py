"""Who may do what in the library: what `contributions` allows, and the verbs that only resources have.

A copy may go where its source is, and where everybody could read the source anyway: an open space's words
are nobody's secret, a closed one's stay inside.
"""

from app.contributions.models import Contribution
from app.contributions.policy import can_edit, can_post_reply, is_author, leads, may_be_in
from app.library.models import KIND, REQUEST, Collection, ResourceVersion
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.policy import can_share_in


def is_resource(contribution: Contribution) -> bool:
    """Whether it is a resource that shows, and no tombstone of one."""
    return contribution.kind == KIND and contribution.root_id is None and contribution.state == "published"


def is_request(contribution: Contribution) -> bool:
    return contribution.kind == REQUEST and contribution.root_id is None and contribution.state == "published"


def can_say_used(actor: Member, contribution: Contribution) -> bool:
    """Anybody who may answer it, its author too: they use it as well."""
    return is_resource(contribution) and can_post_reply(actor, contribution)


def can_add_version(actor: Member, contribution: Contribution) -> bool:
    return is_resource(contribution) and can_edit(actor, contribution)


def can_restore(version: ResourceVersion) -> bool:
    """Whether something is left of it: its files may have been taken away."""
    return bool(version.files or version.link_url or version.html)


def can_suggest(actor: Member, contribution: Contribution) -> bool:
    """Whoever sees it and may write, where somebody is there to take it; its owner edits instead."""
    owner = contribution.author
    waits = is_resource(contribution) and owner is not None and owner.may_read
    return waits and actor.may_write and not is_author(actor, contribution)


def can_answer_suggestions(actor: Member, contribution: Contribution) -> bool:
    return is_resource(contribution) and can_edit(actor, contribution)


def can_adapt(actor: Member, contribution: Contribution) -> bool:
    """Whether one may make a copy at all; the licence says the rest."""
    return is_resource(contribution) and actor.may_write


def may_go_to(source: Contribution, target: Space) -> bool:
    """Whether a copy of `source`, or what names it, may be shared in `target`."""
    if source.space_id == target.id:
        return True
    return source.space.access == "open" and may_be_in(source, target)


def can_answer_request(actor: Member, request: Contribution) -> bool:
    return is_request(request) and can_post_reply(actor, request)


def can_need_too(actor: Member, request: Contribution) -> bool:
    """Whoever sees it and may write, but for who asked."""
    return is_request(request) and actor.may_write and not is_author(actor, request)


def can_take_in(actor: Member, contribution: Contribution) -> bool:
    """The author of a post of the kind `material`, while it shows and has something to keep."""
    there = contribution.kind == "material" and contribution.root_id is None
    return there and contribution.state == "published" and can_edit(actor, contribution)


def can_keep_collection(actor: Member, collection: Collection) -> bool:
    """Change it: whoever made it, and the leads of its space."""
    if not actor.may_write or collection.network_id != actor.network_id:
        return False
    if collection.owner_id == actor.id:
        return True
    return collection.space is not None and leads(actor, collection.space)


def can_add_to_collection(actor: Member, collection: Collection) -> bool:
    """Whoever may share in its space adds to it."""
    if can_keep_collection(actor, collection):
        return True
    return collection.space is not None and can_share_in(actor, collection.space)


__all__ = [
    "can_adapt",
    "can_add_to_collection",
    "can_add_version",
    "can_answer_request",
    "can_answer_suggestions",
    "can_keep_collection",
    "can_need_too",
    "can_restore",
    "can_say_used",
    "can_suggest",
    "can_take_in",
    "is_author",
    "is_request",
    "is_resource",
    "may_go_to",
]
