"""The demo's files are made once for all of these tests; each load still stores them for itself."""

from functools import cache

import pytest

from app.core.previews.reader.pictures import Picture, clean, small
from app.demo import files


@cache
def made(key: str) -> bytes:
    from app.demo.content import SLUGS, read_script

    specs = (read_script(slug).files.get(key) for slug in SLUGS)
    return files.make(next(spec for spec in specs if spec is not None))


@pytest.fixture
def quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: dict[tuple[object, ...], Picture] = {}

    def once(name, work):
        def picture(source, *edge):
            made = (name, source.getvalue(), *edge)
            if made not in pictures:
                pictures[made] = work(source, *edge)
            return pictures[made]

        return picture

    monkeypatch.setattr("app.demo.loading.props.make", lambda spec: made(spec.key))
    monkeypatch.setattr("app.demo.loading.props.clean", once("clean", clean))
    monkeypatch.setattr("app.demo.loading.props.small", once("small", small))
