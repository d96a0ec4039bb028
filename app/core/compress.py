"""Pages travel compressed.

Rules: only text that we wrote ourselves (pages, fragments, JSON), never files that people uploaded; tokens in
pages are masked anew each time, so that sizes tell nothing. Static files have their compressed twins already.
"""

from flask import Flask
from flask_compress import Compress

_SETTINGS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 3,
    "COMPRESS_LEVEL": 5,
    "COMPRESS_MIN_SIZE": 800,
    "COMPRESS_MIMETYPES": ["text/html", "application/json"],
    "COMPRESS_STREAMS": False,
}


def init_app(app: Flask) -> None:
    for name, value in _SETTINGS.items():
        app.config.setdefault(name, value)
    Compress(app)
