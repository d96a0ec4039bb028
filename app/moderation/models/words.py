"""Verbs, states and outcomes in words, as a colleague would say them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.moderation.models.acts import Act
from app.moderation.models.cases import Case

VERB_WORDS: dict[str, Any] = {
    "none": _l("No action"),
    "talk": _l("Talk first"),
    "ask_edit": _l("Ask for an edit"),
    "hide": _l("Hide it"),
    "remove": _l("Remove it"),
    "lock": _l("Close it to replies"),
    "slow": _l("Slow it down"),
    "move": _l("Move it"),
    "read_first": _l("Read their posts first"),
    "pause": _l("Ask them to pause"),
    "end": _l("End the membership"),
}
VERB_HINTS: dict[str, Any] = {
    "none": _l("It is fine. What was waiting is seen again."),
    "talk": _l("A conversation with the author; the case stays with you."),
    "ask_edit": _l("It waits until its author has edited it, and then comes back by itself."),
    "hide": _l("Only its author still sees it."),
    "remove": _l("It is gone for everybody."),
    "lock": _l("The talk can be read, and takes no more replies."),
    "slow": _l("Each person replies once in a while."),
    "move": _l("To a space where it belongs."),
    "read_first": _l("Somebody reads what they share before others see it, until a day."),
    "pause": _l("They read along and write nothing, until a day."),
    "end": _l("They are a former member. What they shared stays."),
}
OUTCOME_WORDS: dict[str, Any] = {
    "none": _l("It was found to be fine"),
    "ask_edit": _l("Its author was asked to edit it"),
    "edited": _l("Its author edited it, and it is back"),
    "hide": _l("It is hidden"),
    "remove": _l("It was removed"),
    "lock": _l("The talk is closed to replies"),
    "slow": _l("The talk goes slowly for now"),
    "move": _l("It was moved"),
    "overturned": _l("Somebody looked again and took back what was decided"),
    "undone": _l("What was decided was taken back"),
    "upheld": _l("Somebody looked again, and it stays as decided"),
}
"""What a reporter learns; what was done about a person is between them and the facilitators."""
TAKEN_BACK = ("overturned", "undone")
WHY_WORDS: dict[str, Any] = {
    "norm": _l("Report"),
    "privacy": _l("Student privacy"),
    "approval": _l("Waits to be read"),
    "appeal": _l("Appeal"),
}
REASON_WORDS: dict[str, Any] = {
    "approval": _l("A first post, or posts that somebody reads first"),
    "watch list": _l("It has a word of the watch list"),
    "privacy": _l("Its author was told that a student might be recognised, and shared it as it is"),
    "edited again": _l("It was edited after it had been asked for a second time"),
    "": _l("As it is after its author's edit"),
}
RECORD_WORDS: dict[str, Any] = {
    **VERB_WORDS,
    "claim": _l("Took up a case"),
    "give_back": _l("Gave a case back"),
    "take_over": _l("Took over a case"),
    "returned": _l("Edited, and back by itself"),
    "appeal": _l("Appealed"),
    "upheld": _l("Appeal: stays as decided"),
    "overturned": _l("Appeal: overturned"),
    "hub_role": _l("Hub role changed"),
    "membership_ended": _l("Membership ended"),
    "school_opened": _l("School confirmed"),
    "school_refused": _l("School not confirmed"),
    "role_confirmed": _l("Role in school confirmed"),
    "lead_named": _l("Became lead of a group"),
    "lead_ended": _l("Leads a group no more"),
    "seal_asked": _l("Asked to open a post without a name"),
    "seal_opened": _l("Opened a post without a name"),
    "first_posts": _l("First posts to be read"),
    "watch_list": _l("Watch list changed"),
}


BEGINNINGS: dict[str, Any] = {
    "talk": _l(
        "Hello, could we talk about something you shared? Some colleagues read it in a way that you may not "
        "have meant, and I would like to hear from you first."
    ),
    "ask_edit": _l(
        "Thank you for sharing. A part of it does not fit what we promised one another. Could you change it? "
        "Until then only you see it; it comes back by itself once you have saved."
    ),
    "hide": _l(
        "I have hidden what you shared for now, because of what we promised one another. You still see it; "
        "I am glad to talk if you would like to change it."
    ),
    "remove": _l(
        "I have removed what you shared, because of what we promised one another. I know that this is not "
        "nice to read. If you see it differently, please say so."
    ),
    "lock": _l("I have closed the talk to new replies, so that it can rest. Everything stays readable."),
    "slow": _l("I have slowed the talk down, so that everybody has time to think before they answer."),
    "move": _l("I have moved what you shared to a place where it is more at home."),
    "read_first": _l(
        "For a while one of us reads what you share before others see it. We look quickly, and we are glad "
        "to help with the words."
    ),
    "pause": _l(
        "We would like you to take a break from writing here. You can read everything, and you come back by "
        "yourself on the day below."
    ),
    "end": _l(
        "We have ended your membership. What you shared stays. This was not an easy decision, and you can "
        "ask somebody else to look at it again."
    ),
}


def told_word(verb: str) -> str:
    """What was done, to whom it concerns."""
    return {
        "none": _("It was found to be fine"),
        "talk": _("Somebody would like to talk with you"),
        "ask_edit": _("You were asked to edit it; until then only you see it"),
        "hide": _("It was hidden; only you still see it"),
        "remove": _("It was removed"),
        "lock": _("The talk was closed to replies"),
        "slow": _("The talk goes slowly for now"),
        "move": _("It was moved"),
        "read_first": _("Somebody reads what you share before others see it"),
        "pause": _("You were asked to pause"),
        "end": _("Your membership was ended"),
    }.get(verb, verb)


def verb_word(verb: str) -> str:
    return str(VERB_WORDS.get(verb, verb))


def record_word(verb: str) -> str:
    """What a line of the record says; an undone act is named by the act."""
    if verb.startswith("undo_"):
        return _("Undone: %(act)s", act=verb_word(verb.removeprefix("undo_")))
    return str(RECORD_WORDS.get(verb, verb))


def outcome_word(outcome: str) -> str:
    """For a reporter."""
    return str(OUTCOME_WORDS.get(outcome, _("The facilitators have taken care of it")))


def became_word(case: Case) -> str:
    """For a reporter: the outcome of a case, and where something was taken back, whether it can be read."""
    said = outcome_word(case.outcome)
    it = case.contribution
    if case.outcome not in TAKEN_BACK or it is None:
        return said
    seen = _("It can be read.") if it.state == "published" else _("It cannot be read now.")
    return f"{said}. {seen}"


def edited_word(act: Act) -> str:
    """To who edited what they were asked to: whether others see it."""
    it = act.case.contribution
    if it is not None and it.state == "published":
        return _("You edited it, and everybody sees it again. Thank you.")
    if it is not None and it.state == "held" and it.state_reason != "moderator":
        return _("You edited it. Thank you. Somebody looks at it before others see it.")
    return _("You edited it. Thank you.")


def state_word(state: str) -> str:
    return {
        "new": _("Waiting for somebody to look"),
        "claimed": _("Somebody is looking at it"),
        "done": _("Done"),
    }[state]


def hint_for(verb: str, case: Case) -> str:
    """What an act does; what a profile or a group says of itself never waits for an edit."""
    if verb == "ask_edit" and case.subject != "contribution":
        return _("They are asked to change it. Until then it stays as it is.")
    return str(VERB_HINTS[verb])


def letter_for(verb: str, case: Case) -> str:
    """Words to begin a letter with; whoever writes it makes them their own. The chosen norm stands below."""
    if verb == "ask_edit" and case.subject == "member":
        return _("A part of your profile does not fit what we promised one another. Could you change it?")
    if verb == "ask_edit" and case.subject == "group":
        return _(
            "The name of your group, or what it says of itself, does not fit what we promised one another. "
            "Could you change it?"
        )
    return str(BEGINNINGS.get(verb, ""))
