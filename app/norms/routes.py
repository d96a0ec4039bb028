"""Proposing a change to the norms, its answer, and the list below the document."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.once import is_key
from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries import get_root
from app.contributions.queries.mine import has_shared
from app.contributions.routes.answers import address_of
from app.core import sections
from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.asread import ReadOtherwise, mark_sent
from app.core.doors import closed, door
from app.core.kinds import kinds
from app.core.limits import limited
from app.core.sure import is_sure
from app.core.text import TooLong
from app.networks.actions import Overtaken, WrongNorms
from app.networks.models import Member
from app.networks.queries import norms_of, norms_version
from app.networks.queries.norms import acceptance_of
from app.norms import actions
from app.norms.forms import AnswerForm, ProposalForm, RowsForm
from app.norms.policy import can_adopt, can_decide, can_propose, can_renew, is_overtaken
from app.norms.queries import get_proposal, open_proposals, proposal_of

bp = Blueprint("norms", __name__, template_folder="templates")
Rows = list[dict[str, str]]
WRONG, OTHERWISE = 422, 409


@sections.fills("norms")
def below_the_document(viewer: Member) -> str:
    """What is proposed, and the way to propose."""
    return render_template(
        "norms/_open.html", proposals=open_proposals(viewer), may_propose=can_propose(viewer)
    )


@sections.fills("composer")
def beside_a_first_post(viewer: Member) -> str | None:
    """The norms in short, for who has shared nothing yet and has not put them away."""
    if viewer.norms_hint_away or has_shared(viewer):
        return None
    return render_template("norms/_first_post.html", norms=norms_of(viewer.network))


@bp.get("/n/<network>/norms/propose")
@closed("a form with the network's norms")
def new(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    require(can_propose(viewer))
    return _form_page(viewer, ProposalForm(formdata=None), _now(viewer))


@bp.post("/n/<network>/norms/propose")
@limited("20/hour")
@closed("answers with the address of what the viewer just began")
def propose(network: str) -> ResponseReturnValue:
    """`title`, `meaning`, `example`, `ref` of every norm, `gone`, `title_of_it`, `body` -> its talk."""
    viewer, form = current_viewer(), ProposalForm()
    require(can_propose(viewer))
    if request.form.get("html"):
        form.body.data = request.form["html"]
    if not form.validate():
        return _form_page(viewer, form, form.typed(), status=WRONG)
    key = request.form.get("key", "")
    try:
        made = actions.propose(
            viewer,
            form.norms(),
            title=form.title_of_it.data or "",
            html=form.clean,
            after=form.after.data,
            key=key if is_key(key) else None,
        )
    except Exception as error:
        sentence, status = _sentence(error)
        return _form_page(viewer, form, form.typed(), sentence, status)
    flash(_("It is proposed. Colleagues can talk it over here; the facilitators decide."), "good")
    return redirect(address_of(viewer, made), 303)


def _now(viewer: Member) -> Rows:
    return norms_version(viewer.network).norms


def _form_page(
    viewer: Member,
    form: RowsForm,
    norms: Rows,
    problem: str = "",
    status: int = 200,
    it: Contribution | None = None,
) -> ResponseReturnValue:
    """To propose something; or to bring the proposal `it` up to date."""
    page = render_template(
        "norms/form.html",
        form=form,
        it=it,
        norms=norms,
        gone=request.form.getlist("gone"),
        version=viewer.network.norms_version,
        key=request.form.get("key") or secrets.token_urlsafe(16),
        problem=problem,
    )
    return page, status


def _sentence(error: Exception) -> tuple[str, int]:
    """What to say for what can go wrong. Raises `error` itself, a bug."""
    if isinstance(error, Overtaken):
        return _("A new version of the norms came meanwhile. Your text is below: compare, and send it."), 409
    if isinstance(error, actions.NothingChanges):
        return _("Nothing is different yet. Open a norm and change it, or add one."), WRONG
    if isinstance(error, WrongNorms | TooLong):
        return _("Each norm needs a title of at most 80 characters, and texts of at most 500."), WRONG
    problem = problem_of(error)
    return problem.sentence, problem.status


@bp.get("/n/<network>/c/<int:contribution_id>/renew")
@door("edit")
def renewing(network: str, contribution_id: int) -> ResponseReturnValue:
    """The proposal, as far as it fits, on the norms that hold now."""
    viewer = current_viewer()
    root, proposal = get_proposal(viewer, contribution_id)
    require(can_renew(viewer, root, proposal))
    rows = actions.rows_with(norms_of(viewer.network), proposal.wishes)
    return _form_page(viewer, RowsForm(formdata=None), rows, it=root)


@bp.post("/n/<network>/c/<int:contribution_id>/renew")
@limited("20/hour")
@door("edit")
def renew(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer, form = current_viewer(), RowsForm()
    root, proposal = get_proposal(viewer, contribution_id)
    require(can_renew(viewer, root, proposal))
    try:
        actions.renew(viewer, root, form.norms(), after=form.after.data if form.validate() else None)
    except Exception as error:
        sentence, status = _sentence(error)
        return _form_page(viewer, form, form.typed(), sentence, status, it=root)
    flash(_("It is up to date again."), "good")
    return redirect(address_of(viewer, root), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/adopt")
@door("page")
def adopt(network: str, contribution_id: int) -> ResponseReturnValue:
    """First the page that shows what changes and who is asked again; done where that was answered."""
    if not is_sure() and (asked := _before_adopting(contribution_id)):
        return asked
    return _answer(
        contribution_id,
        actions.adopt,
        _("Adopted. Everybody is asked to accept the new version at their next visit."),
    )


def _before_adopting(contribution_id: int, *, otherwise: bool = False) -> str | None:
    """Nothing where it cannot be adopted now: what is in the way is said as ever. `otherwise`: other words
    were read before."""
    viewer, form = current_viewer(), AnswerForm()
    root, proposal = get_proposal(viewer, contribution_id)
    if not (form.validate() and can_adopt(viewer, root, proposal)):
        return None
    people = acceptance_of(viewer.network).people
    page = {"root": root, "proposal": proposal, "word": form.word.data or "", "people": people}
    return render_template("norms/adopt.html", **page, otherwise=otherwise)


@bp.post("/n/<network>/c/<int:contribution_id>/decline")
@door("page")
def decline(network: str, contribution_id: int) -> ResponseReturnValue:
    if not request.form.get("word", "").strip():
        flash(_("Please say in a word why, for those who talked it over."), "problem")
        viewer = current_viewer()
        return redirect(address_of(viewer, get_root(viewer, contribution_id)), 303)
    return _answer(contribution_id, actions.decline, _("Answered. They are told."))


def _answer(contribution_id: int, verb: Callable[..., Any], said: str) -> ResponseReturnValue:
    viewer, form = current_viewer(), AnswerForm()
    root, _proposal = get_proposal(viewer, contribution_id)
    if not form.validate():
        flash(_("That is a little too long: at most 500 characters."), "problem")
        return redirect(address_of(viewer, root), 303)
    try:
        verb(viewer, root, word=form.word.data or "", read=mark_sent())
        flash(said, "good")
    except ReadOtherwise:
        return _read_otherwise(contribution_id)
    except actions.Answered:
        flash(_("A colleague has answered it already."), "info")
    except Overtaken:
        flash(_("Another version holds meanwhile. Who proposed it can bring it up to date."), "problem")
    return redirect(path_for("contributions.page", network=viewer.network.slug, contribution_id=root.id), 303)


def _read_otherwise(contribution_id: int) -> ResponseReturnValue:
    """The words as they are now, before anything is decided; a word that was typed stays in its box."""
    if request.endpoint == "norms.adopt" and (asked := _before_adopting(contribution_id, otherwise=True)):
        return asked, OTHERWISE
    flash(
        _("It was changed meanwhile, and nothing was decided. Below is what it would change now."), "problem"
    )
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    page = kinds.page_of(root.kind)
    return make_response(page(viewer, root) if page is not None else ""), OTHERWISE


def around(viewer: Member, root: Contribution) -> dict[str, Any]:
    """What the page of a proposal knows beside its talk."""
    proposal = proposal_of(root)
    if proposal is None:
        return {"proposal": None}
    return {
        "proposal": proposal,
        "overtaken": is_overtaken(proposal, viewer.network),
        "may_decide": can_decide(viewer, root, proposal),
        "may_adopt": can_adopt(viewer, root, proposal),
        "may_renew": can_renew(viewer, root, proposal),
        "answer_form": AnswerForm(formdata=None, data={"word": request.form.get("word", "")}),
    }
