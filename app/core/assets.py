"""Assets: the built front end by its plain names, and static files served fast.

Nouns: the *manifest* says which hashed file is current (`app.js` -> `app.1F2E3D4C.js`).
Rules: a hashed file never changes, so browsers keep it for good; compressed twins made by the build are
sent as they are; static files need no sign-in and pass no view.
Neighbours: templates call `asset("app.js")`; the front-end build writes `static/dist`.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise

from app.core.access import public
from app.core.doors import closed

_HASHED = re.compile(r"/dist/[^/]+\.[0-9A-Z]{8}\.[a-z0-9.]+$")
_HOUR = 3_600


def asset(name: str) -> str:
    """The address of a built file; its plain name where nothing was built."""
    dist = Path(current_app.static_folder or "") / "dist"
    return f"{_prefix()}{current_app.static_url_path}/dist/{_current(dist).get(name, name)}"


def init_app(app: Flask) -> None:
    """Serve static files in front of the application; let templates name them."""
    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = public(closed("files of the product itself")(app.view_functions["static"]))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix=str(app.static_url_path),
        autorefresh=app.debug,
        max_age=_HOUR,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: _HASHED.search(url) is not None,
    )


def _prefix() -> str:
    return str(current_app.config["APPLICATION_ROOT"]).rstrip("/")


def _current(dist: Path) -> dict[str, str]:
    manifest = dist / "manifest.json"
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=4)
def _read(manifest: Path, _written: int) -> dict[str, str]:
    return dict(json.loads(manifest.read_text(encoding="utf-8")))
