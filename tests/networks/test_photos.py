"""Photos: a large one comes through small, and stays."""

from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.files import files
from app.core.files.sweep import sweep
from tests.core.files.samples import multipart, picture


def test_a_large_photo_is_kept_and_outlives_the_sweep(world: Any, as_member: Any) -> None:
    photo = picture("PNG", (1400, 1000)) + b"0" * 1_500_000
    address = f"/n/{world.network.slug}/profile/photo"
    as_member(world.teacher).post(address, **multipart("photo", photo, "me.png"))
    key = world.teacher.photo_key
    assert key
    with clock.travel(timedelta(days=3)):
        sweep()
    assert files.find(key) is not None
    assert files.store.exists(key)
