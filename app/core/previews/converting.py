"""LibreOffice's profile for one file: it fetches nothing, runs nothing, and is thrown away with its folder.

A document can name pictures and text that lie elsewhere; whoever converts it would fetch them from inside the
deployment's own network. Links are therefore blocked, and for what would go out all the same there is a
proxy at which nobody answers.
"""

from pathlib import Path
from xml.sax.saxutils import quoteattr

_OFFICE = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_NOWHERE = "127.0.0.1"
SETTINGS = (
    (_OFFICE, "BlockUntrustedRefererLinks", "true"),
    (_OFFICE, "DisableMacrosExecution", "true"),
    (_OFFICE, "DisableActiveContent", "true"),
    (_OFFICE, "MacroSecurityLevel", "3"),
    (_INET, "ooInetProxyType", "2"),
    (_INET, "ooInetNoProxy", ""),
    *((_INET, f"ooInet{scheme}ProxyName", _NOWHERE) for scheme in ("HTTP", "HTTPS", "FTP")),
    *((_INET, f"ooInet{scheme}ProxyPort", "9") for scheme in ("HTTP", "HTTPS", "FTP")),
)


def write_profile(folder: Path) -> str:
    """Make the profile below `folder`; gives its address."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(
        f"<item oor:path={quoteattr(path)}><prop oor:name={quoteattr(name)} oor:op='fuse'>"
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        "<?xml version='1.0' encoding='UTF-8'?><oor:items xmlns:oor='http://openoffice.org/2001/registry'>"
        f"{items}</oor:items>"
    )
    return (folder / "profile").as_uri()
