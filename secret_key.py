"""The secret key: made once for a data folder, and in production never one that can be guessed.

Neighbours: `config` asks here, and says what is wrong in a sentence.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

SHORTEST = 32
PLACEHOLDERS = ("change-me", "changeme", "placeholder", "example", "password", "insecure", "secret-key")
HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_hex(32))" makes a good one'


def weakness_of(key: str) -> str | None:
    """What makes a secret key easy to guess, as the end of a sentence, or None."""
    if not key:
        return "must be set in production"
    if len(key) < SHORTEST:
        return f"is shorter than {SHORTEST} characters"
    if any(word in key.lower() for word in PLACEHOLDERS):
        return "looks like a placeholder that other people know too"
    steps = [ord(b) - ord(a) for a, b in pairwise(key)]
    if len(set(key)) < 10 or key in (key * 2)[1:-1] or steps.count(1) > len(key) // 2:
        return "has too little variety"
    return None


def kept(data_dir: Path) -> str:
    """The key of this data folder, for its owner's eyes only. Raises OSError where none can be written."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return kept_in(data_dir / "secret-key")


def kept_in(file: Path) -> str:
    """The key in this file (mode 0600), made once; its folder is made for the owner alone. Raises OSError."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_hex(32))
        # Linked into place whole, so that of two processes that start at once the first one decides.
        with suppress(FileExistsError):
            os.link(draft, file)
        Path(draft).unlink()
    return file.read_text().strip()
