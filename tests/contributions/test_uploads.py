"""Uploads through the page: larger than a form may be, no larger than the operator allows."""

from typing import Any

import pytest

from tests.core.files.samples import PDF, multipart


def test_three_megabytes_come_through(world: Any, as_member: Any, app: Any) -> None:
    browser, address = as_member(world.teacher), f"/n/{world.network.slug}/uploads"
    answer = browser.post(address, **multipart("file", PDF + b"0" * 3_000_000, "unit plan.pdf"))
    assert answer.status_code == 200, answer.text
    opened = browser.get(answer.json["url"])
    assert len(opened.data) > 3_000_000
    assert as_member(world.outsider).get(answer.json["url"]).status_code == 404


def test_more_than_the_limit_does_not(world: Any, as_member: Any, app: Any) -> None:
    address = f"/n/{world.network.slug}/uploads"
    too_much = PDF + b"0" * (app.config["MAX_UPLOAD_BYTES"] + 1)
    answer = as_member(world.teacher).post(address, **multipart("file", too_much, "unit plan.pdf"))
    assert answer.status_code == 413


def test_a_full_share_is_said_kindly(
    app: Any, world: Any, as_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "STORAGE_PER_MEMBER_BYTES", len(PDF))
    address = f"/n/{world.network.slug}/uploads"
    browser = as_member(world.teacher)
    assert browser.post(address, **multipart("file", PDF, "plan.pdf")).status_code == 200
    answer = browser.post(address, **multipart("file", PDF, "plan.pdf"))
    assert answer.status_code == 422
    assert "Take a file off an older post" in answer.text
    assert as_member(world.colleague).post(address, **multipart("file", PDF, "plan.pdf")).status_code == 200
