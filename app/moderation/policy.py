"""Who may do what in moderation: one table of role, verb and case, and nothing else decides.

Roles: a *director* and a *facilitator* judge what is reported anywhere in their network, a *lead* what is
reported in their own group, a *member* nothing. A role counts while one is active; on a break one is a
member. Cases, as they stand to the one who looks: *free* (nobody has taken it up), *mine*, *taken* (a
colleague has), *own* (one wrote it, reported it, or an appeal is about one's own act), *done*. Rule: nobody
judges their own case. An appeal is a case with a table of its own: it is answered, and nothing else is done
in it. A director's membership is a director's to rest or end (`networks.policy`).
`docs/moderation.md` shows these tables; `flask moderation table` makes them.
"""

from app.core.access import Forbidden
from app.moderation.models import Case
from app.networks.models import Member

ROLES = ("outsider", "member", "lead", "facilitator", "director")
CASES = ("free", "mine", "taken", "own", "done")

JUDGES = ("lead", "facilitator", "director")
HUB = ("facilitator", "director")
OPEN = ("free", "mine")
NOT_OWN = ("free", "mine", "taken", "done")

LIGHT = ("none", "talk", "ask_edit", "hide", "remove", "lock", "slow", "move")
"""Acts on what was shared."""
HEAVY = ("read_first", "pause", "end")
"""Acts on a membership."""
ACTS = (*LIGHT, *HEAVY)

# Each verb with who has it, and how the case must stand to them.
IN_A_CASE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "see": (JUDGES, NOT_OWN),
    "note": (JUDGES, NOT_OWN),
    "claim": (JUDGES, OPEN),
    "give_back": (JUDGES, ("mine",)),
    "take_over": (HUB, ("taken",)),
    **dict.fromkeys(LIGHT, (JUDGES, OPEN)),
    **dict.fromkeys(HEAVY, (HUB, OPEN)),
    "undo_light": (JUDGES, NOT_OWN),
    "undo_heavy": (HUB, NOT_OWN),
}

# The same for a case that is an appeal: no act is done in it, and only the hub takes it up.
IN_AN_APPEAL: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "see": (JUDGES, NOT_OWN),
    "note": (JUDGES, NOT_OWN),
    "claim": (HUB, OPEN),
    "give_back": (HUB, ("mine",)),
    "take_over": (HUB, ("taken",)),
    "judge_appeal": (HUB, OPEN),
}

WITHOUT_A_CASE: dict[str, tuple[str, ...]] = {
    "report": ("member", *JUDGES),
    "read_own_record": ("member", *JUDGES),
    "see_queue": JUDGES,
    "choose_watch_list": HUB,
    "see_health": HUB,
    "read_record": ("director",),
    "export_record": ("director",),
}


def may_in(verb: str, role: str, stands: str, *, appeal: bool = False) -> bool:
    """One cell of the first table, or of the second where the case is an `appeal`; what is not in it is
    nobody's.
    """
    who, cases = (IN_AN_APPEAL if appeal else IN_A_CASE).get(verb, ((), ()))
    return role in who and stands in cases


def may(verb: str, role: str) -> bool:
    """One cell of the last table. Raises KeyError for a verb that is not in it."""
    return role in WITHOUT_A_CASE[verb]


def role_of(actor: Member, network_id: int, *, is_lead: bool = False) -> str:
    """What somebody is in a network, and in the group that a case is about."""
    if actor.network_id != network_id or not actor.may_read:
        return "outsider"
    if not actor.may_write:
        return "member"
    if actor.is_director:
        return "director"
    if actor.is_facilitator:
        return "facilitator"
    return "lead" if is_lead else "member"


def stands_to(actor: Member, case: Case, *, is_party: bool) -> str:
    """How a case stands to somebody."""
    if is_party:
        return "own"
    if case.state == "done":
        return "done"
    if case.claimed_by_id is None:
        return "free"
    return "mine" if case.claimed_by_id == actor.id else "taken"


def undo_verb(verb: str) -> str:
    """The verb of undoing an act."""
    return "undo_heavy" if verb in HEAVY else "undo_light"


def require(allowed: bool) -> None:
    """Raise Forbidden unless `allowed`."""
    if not allowed:
        raise Forbidden


def tables() -> str:
    """The tables as Markdown, for the documentation."""
    head = "| | " + " | ".join(ROLES[1:]) + " |\n|---|" + "---|" * len(ROLES[1:])
    others = [
        f"| `{verb}` | " + " | ".join("yes" if may(verb, role) else "" for role in ROLES[1:]) + " |"
        for verb in WITHOUT_A_CASE
    ]
    tables = (_rows(appeal=False), _rows(appeal=True), others)
    return "\n\n".join("\n".join([head, *rows]) for rows in tables) + "\n"


def _rows(*, appeal: bool) -> list[str]:
    return [
        f"| `{verb}` | " + " | ".join(_cell(verb, role, appeal=appeal) for role in ROLES[1:]) + " |"
        for verb in (IN_AN_APPEAL if appeal else IN_A_CASE)
    ]


def _cell(verb: str, role: str, *, appeal: bool) -> str:
    return " · ".join(stands for stands in CASES if may_in(verb, role, stands, appeal=appeal))
