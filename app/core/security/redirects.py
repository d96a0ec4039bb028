"""Where `next=` may lead: to a page of ours, never elsewhere.

Rule: only a path that begins with one slash and that stays what it looks like: written out (`%2f`) and
tidied up (`/.`, `/..`), as browsers, proxies and servers do it, it still begins with one slash. Nothing
in it is read by any browser as a host.
"""

import re
from urllib.parse import unquote

_PLAIN = re.compile(r"[^\\\x00-\x20\x7f-\xa0\u2028\u2029]*")
_PATH_ENDS = re.compile(r"[?#]")
_LONGEST = 2_000


def safe_next(target: str | None, default: str = "/") -> str:
    """`target` where it is a path on this site, otherwise `default`."""
    if not target or len(target) > _LONGEST or not _PLAIN.fullmatch(target):
        return default
    return target if _is_plain_path(_PATH_ENDS.split(target)[0]) else default


def _is_plain_path(path: str) -> bool:
    """One slash first, and no step of it empty, a dot or two; not when written out either."""
    for said in (path, unquote(path), unquote(unquote(path))):
        first, *steps = said.split("/")
        if first or not steps or any(step in (".", "..") for step in steps) or "" in steps[:-1]:
            return False
        # Beside spaces, which a name may have, what is written out obeys the rule of the whole.
        if not _PLAIN.fullmatch(said.replace(" ", "")):
            return False
    return True
