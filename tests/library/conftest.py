"""A resource in the commons, made with the product's own verbs."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.core import text
from app.core.files import files
from app.library.actions import Said, add_resource
from app.networks.models import Member, grade_bit
from app.spaces.models import Space
from tests.support.factories import World

Make = Callable[..., Contribution]
BODY = {
    "what": "task",
    "form": "page",
    "subject": "mathematics",
    "minutes": 20,
    "needs": "",
    "language": "en",
    "licence": "CC-BY-4.0",
    "authors": "Tess Teacher",
    "tags": [],
    "link_url": "",
}


def upload(
    world: World, member: Member, name: str = "plots.txt", words: str = "Box plots of shoe sizes"
) -> str:
    """A fresh upload of `member`; gives its key."""
    stored = files.put(
        words.encode(),
        name=name,
        media_type="text/plain",
        scope="contribution",
        network_id=world.network.id,
        uploader_id=member.id,
    )
    return str(stored.key)


@pytest.fixture
def resource(world: World) -> Make:
    """`resource(title="Box plots", licence="CC0-1.0", files=2)`, by the teacher unless somebody is named."""

    def make(
        title: str = "Box plots with sneakers",
        *,
        author: Member | None = None,
        space: Space | None = None,
        words: str = "Sort the shoes first.",
        files: int = 0,
        grades: tuple[int, ...] = (7,),
        **body: Any,
    ) -> Contribution:
        author = author or world.teacher
        keys = [upload(world, author, f"plots-{number}.txt") for number in range(files)]
        said = Said(
            title,
            text.from_plain(words) if words else "",
            {**BODY, "form": "file" if files else "page", **body},
            sum(grade_bit(grade) for grade in grades),
            raw=[title, words, body, keys],
        )
        return add_resource(author, space or world.commons, said, file_keys=keys)

    return make
