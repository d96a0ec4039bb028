"""Assets by name. A stand-in until the ports branch lands."""

import json
from pathlib import Path

from flask import Flask


def init_app(app: Flask) -> None:
    def asset(name: str) -> str:
        manifest = Path(app.root_path) / "static" / "dist" / "manifest.json"
        names = json.loads(manifest.read_text()) if manifest.exists() else {}
        return f"/static/dist/{names.get(name, name)}"

    app.jinja_env.globals["asset"] = asset
