"""Spaces and groups as a viewer reaches them, split by noun."""

from app.spaces.queries.directory import Filters, Suggestion, directory, suggested
from app.spaces.queries.groups import get_group, tie_of, welcome_for
from app.spaces.queries.hub import HubGroup, groups_of_hub, my_proposal, proposal_of, proposals_of
from app.spaces.queries.people import (
    answered_ask,
    asks_of_group,
    group_people,
    invitations_of_group,
    invitations_to,
    leads_of,
    member_of_group,
    people_to_invite,
)
from app.spaces.queries.settings import setting_of
from app.spaces.queries.spaces import (
    Audience,
    audience_of,
    commons_of,
    get_space,
    get_space_by_slug,
    my_spaces,
    people_in,
    people_only_in,
    visible_space_ids,
)

__all__ = [
    "Audience",
    "Filters",
    "HubGroup",
    "Suggestion",
    "answered_ask",
    "asks_of_group",
    "audience_of",
    "commons_of",
    "directory",
    "get_group",
    "get_space",
    "get_space_by_slug",
    "group_people",
    "groups_of_hub",
    "invitations_of_group",
    "invitations_to",
    "leads_of",
    "member_of_group",
    "my_proposal",
    "my_spaces",
    "people_in",
    "people_only_in",
    "people_to_invite",
    "proposal_of",
    "proposals_of",
    "setting_of",
    "suggested",
    "tie_of",
    "visible_space_ids",
    "welcome_for",
]
