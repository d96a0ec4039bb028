"""Beginning a conversation: choose people by name, and write the first message.

Everything works without the script: people are found and added by buttons that keep what was typed.
"""

import secrets
from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.once import is_key
from app.contributions.actions.replying import problem_of
from app.contributions.routes.answers import address_of
from app.conversations import actions
from app.conversations.models import MOST
from app.conversations.policy import can_begin, require
from app.conversations.queries import people_for, people_to_write_to, same_people
from app.conversations.queries.people import WrongNumber
from app.conversations.routes import bp
from app.core import sections, text
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.limits import allowed, limited
from app.networks.models import Member
from app.networks.queries import has_blocked

A_DAY = "20/day"
"""New conversations that one member may begin; messages in those that there are do not count."""


def _numbers(given: Sequence[str]) -> list[int]:
    """The people that the form names; nonsense is left out."""
    return [int(each) for each in given if each.isascii() and each.isdigit() and 0 < len(each) < 18]


def _chosen(viewer: Member, given: Sequence[str]) -> list[Member]:
    """The people of the form; none where it names nobody. Raises NotFound, WrongNumber for too many."""
    ids = set(_numbers(given)) - {viewer.id}
    return people_for(viewer, ids) if ids else []


@bp.get("/n/<network>/conversations/new")
@closed("an empty form, and names of the directory")
def new(network: str) -> ResponseReturnValue:
    """`?with=` names people; where exactly they talk already, that conversation opens."""
    viewer = current_viewer()
    require(can_begin(viewer))
    try:
        people = _chosen(viewer, request.args.getlist("with"))
    except WrongNumber as error:
        raise NotFound from error
    known = same_people(viewer, [person.id for person in people]) if people else None
    if known is not None and "more" not in request.args:
        return redirect(address_of(viewer, known.root))
    return _page(viewer, people)


def _page(viewer: Member, people: Sequence[Member], status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "conversations/new.html",
        chosen=people,
        found=_found(viewer, people),
        words=request.values.get("q", "")[:80],
        said=request.form.get("html") or request.form.get("text", ""),
        most=MOST - 1,
        key=_key() or secrets.token_urlsafe(16),
    )
    return page, status


def _found(viewer: Member, people: Sequence[Member]) -> list[Member]:
    words = request.values.get("q", "")[:80]
    return people_to_write_to(viewer, words, [person.id for person in people])


@bp.get("/n/<network>/conversations/people")
@closed("names of the directory")
def people(network: str) -> ResponseReturnValue:
    """The list of people again, with what `?q=` finds; those that are ticked (`with`) stay."""
    viewer = current_viewer()
    try:
        chosen = _chosen(viewer, request.args.getlist("with"))
    except WrongNumber:
        chosen = people_for(viewer, _numbers(request.args.getlist("with"))[: MOST - 1])
    return render_template(
        "conversations/_people.html",
        chosen=chosen,
        found=_found(viewer, chosen),
        words=request.args.get("q", "")[:80],
        most=MOST - 1,
    )


def _key() -> str:
    given = request.form.get("key", "")
    return given if is_key(given) else ""


@bp.post("/n/<network>/conversations/new")
@limited("60/hour")
@closed("answers with the address of what the viewer just began")
def begin(network: str) -> ResponseReturnValue:
    """`with` people, `html` (or `text` from a plain box), `file_keys`; `find` only looks for people."""
    viewer = current_viewer()
    require(can_begin(viewer))
    try:
        chosen = _chosen(viewer, request.form.getlist("with"))
    except WrongNumber:
        return _refused(viewer, [], _too_many())
    if "find" in request.form:
        return _page(viewer, chosen)
    if not chosen:
        return _refused(viewer, [], _("Choose somebody to write to. Your message is kept here."))
    ids = [person.id for person in chosen]
    if same_people(viewer, ids) is None and not allowed("conversations", A_DAY, f"member:{viewer.id}"):
        sentence = _(
            "That is a lot of new conversations for one day. Please go on tomorrow; it is kept here."
        )
        return _refused(viewer, chosen, sentence, 429)
    return _say(viewer, chosen)


def _say(viewer: Member, chosen: Sequence[Member]) -> ResponseReturnValue:
    form = request.form
    typed = form.get("html") or (text.from_plain(form["text"]) if form.get("text") else "")
    try:
        message = actions.begin_conversation(
            viewer,
            [person.id for person in chosen],
            html=typed,
            file_keys=form.getlist("file_keys"),
            file_alts=form.getlist("file_alts"),
            key=_key() or None,
        )
    except actions.NotTaken:
        return _refused(viewer, chosen, _not_taken(len(chosen)), 403)
    except Exception as error:
        problem = problem_of(error)
        return _refused(viewer, chosen, problem.sentence, problem.status)
    return redirect(address_of(viewer, message), 303)


def _not_taken(number: int) -> str:
    """One sentence for every reason: a wish, a break, an account at rest."""
    if number == 1:
        return _(
            "A new conversation with this colleague is not possible just now. Your message is kept here."
        )
    return _(
        "A new conversation with all of these colleagues is not possible just now. Your message is kept here."
    )


def _too_many() -> str:
    return _("A conversation has up to %(most)s people. A larger circle is a group.", most=MOST)


def _refused(
    viewer: Member, chosen: Sequence[Member], sentence: str, status: int = 422
) -> ResponseReturnValue:
    flash(sentence, "problem")
    return _page(viewer, chosen, status)


@sections.fills("profile acts", order=10)
def a_message_button(viewer: Member, member: Member) -> str:
    """On a colleague's profile, the same whatever they wish: a missing button would tell. Whom the viewer
    blocked themself, they know.
    """
    shown = can_begin(viewer) and member.id != viewer.id and member.may_read
    shown = shown and not has_blocked(viewer, member)
    return render_template("conversations/_message_button.html", member=member) if shown else ""
