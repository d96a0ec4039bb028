"""The verbs of spaces and groups, split by noun."""

from app.spaces.actions.following import (
    TEACHING,
    fill_batch,
    fits,
    follow_site_and_role,
    open_role_alike,
    step_in,
    step_out,
)
from app.spaces.actions.groups import (
    archive_group,
    archive_leaderless,
    change_group,
    note_activity,
    restore_group,
    set_who_starts,
    start_group,
)
from app.spaces.actions.joining import (
    accept_invitation,
    answer_ask,
    ask_to_join_group,
    decline_invitation,
    invite_to_group,
    join_group,
    take_back_ask,
    take_back_invitation,
)
from app.spaces.actions.leaving import leave_group, make_lead, name_lead, remove_from_group, step_down
from app.spaces.actions.membership import add_to_space, leave_everything, take_from_space
from app.spaces.actions.opening import (
    archive_site_spaces,
    name_site_spaces,
    open_commons,
    open_group,
    open_site_spaces,
    slug_of,
)
from app.spaces.actions.proposing import answer_proposal, propose_group
from app.spaces.actions.wishes import be_told, mute, put_welcome_away, unmute

__all__ = [
    "TEACHING",
    "accept_invitation",
    "add_to_space",
    "answer_ask",
    "answer_proposal",
    "archive_group",
    "archive_leaderless",
    "archive_site_spaces",
    "ask_to_join_group",
    "be_told",
    "change_group",
    "decline_invitation",
    "fill_batch",
    "fits",
    "follow_site_and_role",
    "invite_to_group",
    "join_group",
    "leave_everything",
    "leave_group",
    "make_lead",
    "mute",
    "name_lead",
    "name_site_spaces",
    "note_activity",
    "open_commons",
    "open_group",
    "open_role_alike",
    "open_site_spaces",
    "propose_group",
    "put_welcome_away",
    "remove_from_group",
    "restore_group",
    "set_who_starts",
    "slug_of",
    "start_group",
    "step_down",
    "step_in",
    "step_out",
    "take_back_ask",
    "take_back_invitation",
    "take_from_space",
    "unmute",
]
