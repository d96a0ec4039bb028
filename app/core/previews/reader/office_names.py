"""Names of people in the parts of an office file: attributes and elements are emptied, parts that hold
nothing else go with what points at them, paths on somebody's own machine are cut to the file's name.

The XML is read and written anew, so how it was spelt does not matter. Raises Damaged for what is no XML.
"""

import re
from typing import Any

from lxml import etree

from app.core.previews.reader.finding import Damaged

_DROPPED = re.compile(
    r"package/services/metadata/.*|customXml/.*|docProps/thumbnail.*|Thumbnails/.*|.*/people\.xml|xl/revisions/.*"
    r"|ppt/changesInfos/.*|ppt/revisionInfo\.xml|.*printerSettings.*",
    re.IGNORECASE,
)
_ATTRIBUTES = {"author", "initials", "userid", "username", "refreshedby", "lastmodifiedby", "sourcefile"}
_ATTRIBUTES |= {"odcfile", "author-name", "creator"}
_NAMED = {
    "author": "name",
    "cmauthor": "name",
    "userinfo": "name",
    "chgdata": "name",
    "person": "displayname",
}
"""Elements of which one more attribute is a person's name."""
_WORDS = {
    "author",
    "creator",
    "initials",
    "author-name",
    "author-initials",
    "initial-creator",
    "lastmodifiedby",
}
_WORDS |= {"sender-initials", "sender-email", "sender-firstname", "sender-lastname", "sender-company"}
_GONE = {"abspath", "attachedtemplate", "docvars", "mailmerge", "printername"}
_OF_A_MACHINE = re.compile(r"file:|[a-z]:[\\/]|\\\\|/(users|home)/", re.IGNORECASE)


def is_dropped(name: str) -> bool:
    """Whether this part says who made the file and nothing that one reads."""
    return _DROPPED.fullmatch(name) is not None


def without_names(name: str, content: bytes) -> bytes:
    """One XML part without names. Raises Damaged."""
    try:
        root = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError as error:
        raise Damaged from error
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            _let_go(element)
            continue
        _empty(element)
        if name.endswith(".rels") or name == "[Content_Types].xml" or name.endswith("manifest.xml"):
            _unpoint(element)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _empty(element: Any) -> None:
    tag = _local(element.tag)
    if tag in _GONE:
        _let_go(element)
        return
    for attribute in element.attrib:
        local = _local(attribute)
        if local in _ATTRIBUTES or _NAMED.get(tag) == local:
            element.set(attribute, "")
    if tag == "customworkbookview":
        element.set("name", "View")
    if tag in _WORDS and len(element) == 0:
        element.text = ""


def _unpoint(element: Any) -> None:
    """What points at a part that is dropped goes; a path of a machine becomes the file's name."""
    for attribute in element.attrib:
        local, value = _local(attribute), element.get(attribute)
        part = local in ("partname", "full-path") and is_dropped(value.lstrip("/"))
        template = element.get("Type", "").endswith("attachedTemplate")
        if part or (local == "target" and (template or _is_at_dropped(value))):
            _let_go(element)
        elif local == "target" and element.get("TargetMode") == "External" and _OF_A_MACHINE.match(value):
            element.set(attribute, re.split(r"[\\/]", value)[-1] or "file")


def _is_at_dropped(target: str) -> bool:
    path = target.lstrip("./")
    return any(is_dropped(folder + path) for folder in ("", "word/", "xl/", "ppt/"))


def _let_go(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
    wrapping = _local(parent.tag) in ("choice", "alternatecontent") and len(parent) == 0
    if wrapping:
        _let_go(parent)


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
