"""Two at one moment about one request or resource, with real commits: one row, and no fault."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.doctor import examine
from app.library.actions import answer_request, ask_for, need_too, suggest
from app.library.models import RequestAnswer, RequestNeed, ResourceSuggestion
from tests.library.conftest import Make, resource
from tests.moderation.test_at_once import at_once, member
from tests.support.factories import World

__all__ = ["resource"]
pytestmark = pytest.mark.durable


def root(number: int) -> Contribution:
    return db.session.get_one(Contribution, number)


def many(model: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_the_same_twice_is_one(app: Flask, world: World, resource: Make) -> None:
    made = resource("Box plots").id
    asked = ask_for(world.teacher, world.commons, title="Plots?", html="<p>Soon</p>", needed_by=None).id
    who = world.colleague.id
    deeds: list[tuple[Any, Callable[[], Any]]] = [
        (RequestNeed, lambda: need_too(member(who), root(asked), on=True)),
        (RequestAnswer, lambda: answer_request(member(who), root(asked), root(made))),
        (ResourceSuggestion, lambda: suggest(member(who), root(made), {"title": "Shoes"})),
    ]
    for model, deed in deeds:
        assert at_once(app, deed, deed, deed) == ["", "", ""], model
        assert many(model) == 1
    assert examine() == []
