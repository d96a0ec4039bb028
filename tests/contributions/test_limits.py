"""Nobody posts faster than a person does; the limit is one for the form and the socket."""

from typing import Any

import pytest

from app.contributions.actions.replying import REPLIES
from app.core.limits import limiter
from tests.support.factories import World, make_post


@pytest.fixture
def _limited(app: Any) -> Any:
    before, app.config["RATELIMIT_ENABLED"] = app.config["RATELIMIT_ENABLED"], True
    limiter.reset()
    yield
    limiter.reset()
    app.config["RATELIMIT_ENABLED"] = before


@pytest.mark.usefixtures("_limited")
def test_replies_have_a_limit_for_each_person(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons)
    path, most = f"/n/{world.network.slug}/c/{post.id}/reply", int(REPLIES.split("/")[0])
    busy, calm = as_member(world.colleague), as_member(world.neighbour)
    json_please = {"Accept": "application/json"}
    said = [busy.post(path, data={"text": f"{n}"}, headers=json_please).status_code for n in range(most + 1)]
    assert said == [200] * most + [429]
    refused = busy.post(path, data={"text": "More"}, headers=json_please)
    assert int(refused.headers["Retry-After"]) > 0
    assert "error" in refused.json
    assert calm.post(path, data={"text": "Me"}, headers=json_please).status_code == 200
