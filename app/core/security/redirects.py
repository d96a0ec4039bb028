"""Where `next=` may lead: to a page of ours, never elsewhere.

Rule: only a path that begins with one slash and holds nothing that any browser reads as a host.
"""

import re
from urllib.parse import urlsplit

_PLAIN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\xa0\u2028\u2029]*")
_LONGEST = 2_000


def safe_next(target: str | None, default: str = "/") -> str:
    """`target` where it is a path on this site, otherwise `default`."""
    if not target or len(target) > _LONGEST or not _PLAIN_PATH.fullmatch(target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
