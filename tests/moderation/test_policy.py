"""The permission table, every cell of it, by the verbs themselves: role x verb x case."""

import itertools
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.models import Contribution
from app.core import clock
from app.core.access import Forbidden, NotFound
from app.core.command import command
from app.core.db import db
from app.moderation import actions, policy
from app.moderation.actions.how import How
from app.moderation.actions.opening import add_party, case_of_contribution
from app.moderation.models import Case, CaseParty
from app.moderation.queries.cases import acts_in
from app.moderation.queries.judges import judged_by, seat_at
from app.networks.models import Member
from app.spaces.actions import add_to_space
from app.spaces.models import SpaceMember
from tests.house import tree
from tests.support.factories import World, make_group, make_member, make_post


class Court:
    """A group with somebody in every role, and a question in it that somebody should look at."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group = make_group(world, world.teacher, world.neighbour, world.colleague)
        self.people: dict[str, Member] = {
            "outsider": world.outsider,
            "member": world.principal,
            "lead": world.colleague,
            "facilitator": make_member(world.network, "Fin Facilitator", is_facilitator=True),
            "director": make_member(world.network, "Dot Director", is_director=True),
        }
        self.lead()
        self.other = world.director

    @command
    def lead(self) -> None:
        db.session.get_one(SpaceMember, (self.group.id, self.world.colleague.id)).role = "lead"

    def case(self, actor: Member, stands: str, verb: str, *, appeal: bool = False) -> Case:
        author = self.world.teacher
        if verb in policy.HEAVY:
            author = make_member(self.world.network, "Noor New", role="teacher")
            add_to_space(self.group, author)
        case = self.opened(make_post(author, self.group, "A question", kind="question"))
        if verb in ("undo_light", "undo_heavy"):
            self.done_first(case, "hide" if verb == "undo_light" else "read_first")
        if appeal:
            hidden = self.done_first(case, "hide")
            case = actions.appeal(author.account, hidden.id, "Please").case
        self.make_it_stand(actor, case, stands)
        return case

    @command
    def opened(self, post: Contribution) -> Case:
        case = case_of_contribution(post, "norm")
        add_party(case, self.world.facilitator.id, "reporter")
        return case

    def done_first(self, case: Case, verb: str) -> Any:
        wanted = actions.Wanted(verb, ref="n1", letter="x", how=_how(), goes_on=True)
        made = actions.act(self.other, case, wanted)
        actions.give_back(self.other, case)
        return made

    @command
    def make_it_stand(self, actor: Member, case: Case, stands: str) -> None:
        if stands == "own":
            db.session.add(CaseParty(case_id=case.id, member_id=actor.id, part="reporter"))
        elif stands == "mine":
            case.state, case.claimed_by_id = "claimed", actor.id
        elif stands == "taken":
            case.state, case.claimed_by_id = "claimed", self.other.id
        elif stands == "done":
            case.state, case.open_key, case.claimed_by_id = "done", None, self.other.id


def _how(**more: Any) -> How:
    return How(letter="x", until=clock.now() + timedelta(days=3), minutes=10, **more)


def attempt(actor: Member, case: Case, verb: str) -> None:
    """Do it by the product's own verb. Raises what that raises."""
    if verb == "see":
        policy.require(seat_at(actor, case).may("see"))
    elif verb == "note":
        actions.note(actor, case, "A note")
    elif verb == "claim":
        actions.claim(actor, case)
    elif verb == "give_back":
        actions.give_back(actor, case)
    elif verb == "take_over":
        actions.take_over(actor, case)
    elif verb in ("undo_light", "undo_heavy"):
        actions.undo(actor, acts_in(case)[-1])
    elif verb == "judge_appeal":
        actions.judge_appeal(actor, case, overturn=False, answer="No")
    elif verb == "move":
        seat = seat_at(actor, case)
        policy.require(seat.may("move"))
    else:
        actions.act(actor, case, actions.Wanted(verb, ref="n1", letter="x", reason="y", how=_how()))


@pytest.mark.parametrize("appeal", [False, True])
@pytest.mark.parametrize("role", policy.ROLES)
def test_every_cell_of_the_tables_is_what_the_verb_does(
    world: World, db: Any, role: str, appeal: bool
) -> None:
    court = Court(world)
    actor = court.people[role]
    verbs = [verb for verb in policy.IN_A_CASE if not (appeal and verb.startswith("undo_"))]
    for verb, stands in itertools.product({**dict.fromkeys(verbs), "judge_appeal": None}, policy.CASES):
        case = court.case(actor, stands, verb, appeal=appeal)
        seen = db.session.scalar(select(Case.id).where(Case.id == case.id, judged_by(actor.account_id)))
        assert (seen is not None) == policy.may_in("see", role, stands, appeal=appeal), (verb, stands)
        try:
            attempt(actor, case, verb)
            did = True
        except (Forbidden, NotFound, actions.Taken):
            did = False
        assert did == policy.may_in(verb, role, stands, appeal=appeal), (verb, stands)


ADDRESSES = {
    "report": "/n/{slug}/report/c/{post}",
    "read_own_record": "/n/{slug}/reports/record",
    "see_queue": "/moderation",
    "choose_watch_list": "/n/{slug}/settings/moderation",
    "see_health": "/n/{slug}/settings/health",
    "read_record": "/n/{slug}/settings/record",
    "export_record": "/n/{slug}/settings/record.csv",
}


@pytest.mark.parametrize("role", policy.ROLES)
def test_the_table_without_a_case_is_what_the_pages_do(world: World, as_member: Any, role: str) -> None:
    assert set(ADDRESSES) == set(policy.WITHOUT_A_CASE)
    court = Court(world)
    open_post = make_post(world.teacher, world.commons, "For everybody")
    court.case(world.facilitator, "free", "see")
    browser = as_member(court.people[role])
    for verb, address in ADDRESSES.items():
        answer = browser.get(address.format(slug=world.network.slug, post=open_post.id))
        assert (answer.status_code == 200) == policy.may(verb, role), verb


def test_a_role_counts_while_one_is_active(world: World) -> None:
    world.facilitator.standing = "paused"
    assert policy.role_of(world.facilitator, world.network.id) == "member"
    world.facilitator.standing = "former"
    assert policy.role_of(world.facilitator, world.network.id) == "outsider"


def test_the_documentation_has_the_tables() -> None:
    page = tree.read(Path("docs/moderation.md"))
    assert policy.tables() in page, "copy the output of: flask moderation table"


def test_no_other_place_asks_for_hub_roles() -> None:
    """The table decides; code beside it must not look at roles by itself."""
    asking = [
        str(path)
        for path in tree.below("app")
        if path.parts[1] == "moderation"
        if re.search(r"\.is_(facilitator|director)\b", tree.read(path))
        if path.name not in ("policy.py", "judges.py", "memberships.py", "subscribers.py")
    ]
    assert asking == []
