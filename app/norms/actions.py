"""Proposing a change to the norms, and answering it.

Rules: a proposal is written from the version that holds; what was overtaken is renewed before anybody
can adopt it. One facilitator adopts or declines, with their name; a second one is told that it is done, and
who read other words than it has now is shown these first.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.contributions.actions import Piece, edit_contribution, end_draft, share
from app.contributions.actions.once import again_if_raced
from app.contributions.events import ContributionEdited
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.core import clock, personal, text
from app.core.asread import same_words
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.actions import Overtaken, adopt_norms
from app.networks.actions.norms import MEANING, tidied
from app.networks.actions.words import lines
from app.networks.models import Change, Member, Network, Norm, changes_between, numbered
from app.networks.queries import norms_of
from app.norms.events import NormsDecided, NormsProposed
from app.norms.models import KIND, NormsProposal
from app.norms.policy import can_decide, can_propose, can_renew, is_overtaken
from app.norms.queries import get_proposal
from app.spaces.queries import commons_of

Rows = Sequence[dict[str, str]]
"""All norms as they would be: `{ref, title, meaning, example}`, a new one without ref."""


class NothingChanges(ValueError):
    """The proposal says what holds already."""


class Answered(Exception):
    """A colleague has adopted or declined it meanwhile."""


@again_if_raced
@command
def propose(
    actor: Member, rows: Rows, *, title: str, html: str, after: int | None, key: str | None = None
) -> Contribution:
    """Share what `rows` would change, with the reasons (clean `html`), in the commons, once for each `key`.

    `after`: the version it was written from. Raises Forbidden, Overtaken, NothingChanges, WrongNorms.
    """
    require(can_propose(actor))
    changes = wished(actor.network, rows, after)
    card = card_of(changes, "open", None, overtaken=False)
    piece = Piece(KIND, html, title, text.plain(html), card, raw=[KIND, title, html, list(rows)])
    root = share(actor, commons_of(actor.network_id), piece, key=key)
    if db.session.get(NormsProposal, root.id) is None:
        db.session.add(
            NormsProposal(
                contribution_id=root.id,
                network_id=root.network_id,
                base=actor.network.norms_version,
                changes=[change.as_json() for change in changes],
            )
        )
        db.session.flush()
        publish(NormsProposed(root.id))
    end_draft(actor, KIND, "")
    return root


@command
def renew(actor: Member, root: Contribution, rows: Rows, *, after: int | None) -> None:
    """Say it anew from the version that holds. Raises what `propose` raises, and NotFound."""
    root, proposal = get_proposal(actor, root.id)
    require(can_renew(actor, root, proposal))
    changes = wished(actor.network, rows, after)
    proposal.base = actor.network.norms_version
    proposal.changes = [change.as_json() for change in changes]
    card = card_of(changes, "open", None, overtaken=False)
    edit_contribution(actor, root, html=root.html, changes={"card": card})


def wished(network: Network, rows: Rows, after: int | None) -> list[Change]:
    """What `rows` would change in the norms that hold. Raises Overtaken, NothingChanges, WrongNorms."""
    if after is not None and after != network.norms_version:
        raise Overtaken
    now = norms_of(network)
    known = {norm.ref for norm in now}
    kept = [{**row, "ref": row["ref"] if row["ref"] in known else ""} for row in tidied(rows)]
    changes = changes_between(now, _new_ones_named(numbered_as_typed(kept)))
    if not changes:
        raise NothingChanges
    return changes


def numbered_as_typed(rows: Rows) -> list[Norm]:
    """Norms of what was typed; one without ref stays without."""
    made = numbered(rows)
    return [
        Norm(row["ref"], norm.number, norm.title, norm.meaning, norm.example)
        for row, norm in zip(rows, made, strict=True)
    ]


def _new_ones_named(norms: Sequence[Norm]) -> list[Norm]:
    """A new norm goes by its place until it is adopted, so that two new ones are two."""
    return [
        norm if norm.ref else Norm(f"new{norm.number}", norm.number, norm.title, norm.meaning, norm.example)
        for norm in norms
    ]


def rows_with(now: Sequence[Norm], changes: Sequence[Change]) -> list[dict[str, str]]:
    """The norms `now` as they would be with `changes`, as far as these still fit: new ones at the end."""
    reworded = {change.old.ref: change.new for change in changes if change.old}
    kept = [reworded.get(norm.ref, norm) for norm in now]
    added = [change.new for change in changes if change.old is None]
    norms = [norm for norm in [*kept, *added] if norm is not None]
    here = {norm.ref for norm in now}
    return [
        {
            "ref": norm.ref if norm.ref in here else "",
            "title": norm.title,
            "meaning": norm.meaning,
            "example": norm.example,
        }
        for norm in norms
    ]


@command
def adopt(actor: Member, root: Contribution, *, word: str = "", read: str | None = None) -> NormsProposal:
    """Make it the next version, as it was `read` (its mark). Raises NotFound, Forbidden, Answered, Overtaken,
    ReadOtherwise, WrongNorms, TooLong."""
    root, proposal = _to_decide(actor, root)
    if is_overtaken(proposal, actor.network):
        raise Overtaken
    same_words(read, proposal.mark)
    rows = rows_with(norms_of(actor.network), proposal.wishes)
    # Answered before the version comes: what is open then says that it was overtaken.
    proposal.state = "adopted"
    db.session.flush()
    version = adopt_norms(actor, actor.network, rows, after=proposal.base, why=word or root.title)
    proposal.version = version.version
    _decide(actor, root, proposal, "adopted", word)
    return proposal


@command
def decline(actor: Member, root: Contribution, *, word: str, read: str | None = None) -> NormsProposal:
    """Leave the norms as they are, with a word why. Raises what `adopt` raises, but for Overtaken."""
    root, proposal = _to_decide(actor, root)
    same_words(read, proposal.mark)
    _decide(actor, root, proposal, "declined", word)
    return proposal


def _to_decide(actor: Member, root: Contribution) -> tuple[Contribution, NormsProposal]:
    # The network's row first, as in `adopt_norms`: of two who answer, one waits and is told.
    db.session.refresh(actor.network, with_for_update=True)
    root, proposal = get_proposal(actor, root.id)
    db.session.refresh(proposal)
    db.session.refresh(root)
    if proposal.state != "open":
        raise Answered
    require(can_decide(actor, root, proposal))
    return root, proposal


def _decide(actor: Member, root: Contribution, proposal: NormsProposal, state: str, word: str) -> None:
    proposal.state, proposal.word = state, lines(word, MEANING)
    proposal.decided_by_id, proposal.decided_at = actor.id, clock.now()
    show(root, proposal, actor.network)
    publish(NormsDecided(root.id, actor.id))


def show(root: Contribution, proposal: NormsProposal, network: Network) -> None:
    """Let the card say how the proposal stands now. Inside a command."""
    overtaken = is_overtaken(proposal, network)
    root.card = card_of(proposal.wishes, proposal.state, proposal.version, overtaken=overtaken)
    root.version += 1
    db.session.flush()
    publish(ContributionEdited(root.id, root.space_id))


def card_of(
    changes: Sequence[Change], state: str, version: int | None, *, overtaken: bool
) -> dict[str, object]:
    """What the card says of a proposal: its changes, and how it stands."""
    written = [change.as_json() for change in changes]
    return {"changes": written, "state": state, "version": version, "overtaken": overtaken}


@personal.erases(floor=5)
def erase_proposals(account: Account, keep_contributions: bool) -> None:
    """What they proposed goes with what they take along; a version that came of it is the network's."""
    if keep_contributions:
        return
    members = select(Member.id).where(Member.account_id == account.id)
    written = select(Contribution.id).where(Contribution.author_id.in_(members))
    db.session.execute(delete(NormsProposal).where(NormsProposal.contribution_id.in_(written)))
