"""Starting a thread, saying it differently, and summing one up."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.contributions.actions import Piece, edit_contribution, end_draft, share
from app.contributions.actions.asking import add_decisions, ask_first
from app.contributions.actions.attaching import detach
from app.contributions.actions.once import again_if_raced
from app.contributions.actions.posting import named_driver
from app.contributions.events import ContributionChanged
from app.contributions.models import Contribution
from app.contributions.policy import can_summarise, is_sealed_by, require
from app.contributions.queries import get_root
from app.contributions.queries.reading import last_shown
from app.core import personal, text
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.spaces.models import Space
from app.threads.forms import ThreadForm
from app.threads.models import Summary

KIND = "thread"


@again_if_raced
@command
def start_thread(
    actor: Member,
    space: Space,
    form: ThreadForm,
    *,
    file_keys: Sequence[str] = (),
    file_alts: Sequence[str] = (),
    stays: bool = False,
    key: str | None = None,
) -> Contribution:
    """Start a validated form's thread in `space`, once for each `key`. Raises what `share` raises."""
    said = {"title": form.title.data, "body": form.body.data, "driver": form.driver.data}
    piece = Piece(
        kind=KIND,
        html=form.clean,
        title=form.title.data or "",
        file_keys=file_keys,
        file_alts=file_alts,
        driver_id=form.driver.data,
        stays=stays,
        raw=[KIND, said, list(file_keys)],
    )
    thread = share(actor, space, piece, key=key)
    end_draft(actor, KIND, "")
    return thread


@command
def edit_thread(
    actor: Member, thread: Contribution, form: ThreadForm, *, seen: str | None, without: Sequence[str] = ()
) -> Contribution:
    """Say it differently, `without` the files of these keys. Raises Conflict, Forbidden, NotFound."""
    files = [file for file in thread.card.get("files", []) if file["key"] not in without]
    driver_id = named_driver(actor, form.driver.data)
    changes = {"card": {"files": files} if files else {}, "driver_id": driver_id}
    edited = edit_contribution(
        actor, thread, html=form.clean, title=form.title.data or "", seen=seen, changes=changes
    )
    detach(edited, without)
    return edited


@command
def sum_up(actor: Member, root: Contribution, *, html: str) -> Summary:
    """Put a summary (clean HTML) on top of a talk; an empty one takes it away. Raises Forbidden."""
    root = get_root(actor, root.id)
    require(can_summarise(actor, root))
    add_decisions(root, ask_first(actor, text.plain(html), contribution=root))
    author_id = None if is_sealed_by(actor, root) else actor.id
    summary = Summary(contribution_id=root.id, author_id=author_id, html=html, up_to=last_shown(root))
    db.session.add(summary)
    db.session.flush()
    publish(ContributionChanged(root.id))
    return summary


@personal.erases(floor=5)
def erase_summaries(account: Account, keep_contributions: bool) -> None:
    """Summaries go with what their author takes along; else they stay as a former member's."""
    if keep_contributions:
        return
    members = select(Member.id).where(Member.account_id == account.id)
    db.session.execute(delete(Summary).where(Summary.author_id.in_(members)))
