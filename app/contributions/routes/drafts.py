"""Drafts: saved soon after typing, per kind and target; a stale tab is told."""

import re

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions import actions
from app.contributions.actions.drafts import StaleDraft, TooManyDrafts, find_draft
from app.contributions.models import Draft
from app.contributions.routes import bp
from app.contributions.routes.answers import refuse
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.limits import limited

KIND = re.compile(r"[a-z_]{1,20}")
TARGET = re.compile(r"([a-z]{1,12}:[0-9]{1,18})?")


def _name(kind: str) -> tuple[str, str]:
    target = request.args.get("target", "")
    if not KIND.fullmatch(kind) or not TARGET.fullmatch(target):
        raise NotFound
    return kind, target


def _said(draft: Draft) -> dict[str, object]:
    return {"body": draft.body, "sequence": draft.sequence, "updated_at": draft.updated_at.isoformat()}


@bp.get("/n/<network>/drafts/<kind>")
@closed("the viewer's own unsaid words")
def draft(network: str, kind: str) -> ResponseReturnValue:
    found = find_draft(current_viewer(), *_name(kind))
    return jsonify(_said(found) if found else {"body": None, "sequence": 0})


@bp.put("/n/<network>/drafts/<kind>")
@limited("120/minute")
@closed("the viewer's own unsaid words")
def put_draft(network: str, kind: str) -> ResponseReturnValue:
    """`{body, sequence}` -> `{sequence}`; 409 with the newer draft for a stale tab."""
    data = request.get_json(silent=True)
    body, sequence = (data.get("body"), data.get("sequence")) if isinstance(data, dict) else (None, None)
    if not isinstance(body, dict) or not isinstance(sequence, int) or isinstance(sequence, bool):
        return refuse(_("This draft could not be read."), 400)
    try:
        saved = actions.save_draft(current_viewer(), *_name(kind), body, sequence=sequence)
    except StaleDraft as stale:
        return refuse(_("A newer draft was saved in another tab."), 409, draft=_said(stale.draft))
    except TooManyDrafts:
        return refuse(_("You have more drafts than we can keep. This one stays on this device."), 413)
    except ValueError:
        return refuse(_("This draft is longer than we can keep. It stays on this device."), 413)
    return jsonify(sequence=saved.sequence if saved else 0)


@bp.delete("/n/<network>/drafts/<kind>")
@limited("120/minute")
@closed("the viewer's own unsaid words")
def delete_draft(network: str, kind: str) -> ResponseReturnValue:
    """`?sequence=` names the one that the page has; a newer one stays."""
    given = request.args.get("sequence", "")
    sequence = int(given) if given.isascii() and given.isdigit() and len(given) < 11 else None
    actions.discard_draft(current_viewer(), *_name(kind), sequence=sequence)
    return "", 204
