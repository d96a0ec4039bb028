"""Blocks: reads any parsed HTML as the few blocks that we keep, and writes those.

Nouns: a *block* is a paragraph, heading, list, quotation, preformatted text or rule; a *stream* is what a
node contains in order: leaves, blocks, and gaps (an edge of something that stands on lines of its own).
Rules: the editor's ``<div>`` lines and a word processor's paragraphs become ``<p>``, its list paragraphs
become lists; empty paragraphs go; what we do not know is unwrapped, its words stay.
Neighbours: ``scan`` makes the input safe to parse, ``inline`` writes the runs, ``clean`` puts it together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from app.core.text.characters import is_visible, tidy
from app.core.text.inline import BREAK, Leaf, leaf_of, linked, paragraphs, written
from app.core.text.limits import names
from app.core.text.links import safe_href
from app.core.text.word import list_item, marker_of

_MARKS = {"b": "strong", "i": "em", "del": "s", "strike": "s", "ins": "u", "kbd": "code", "samp": "code"}
_MARKS |= {name: name for name in ("strong", "em", "u", "s", "code")}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = names(
    "p div section article header footer main aside nav address figure figcaption table caption thead tbody"
    " tfoot tr dl dt dd form fieldset legend details summary center menu dir body html"
)


@dataclass(frozen=True)
class Block:
    """One block: its element's name and its content as HTML; `run` where it is a run of text."""

    name: str
    html: str
    run: tuple[Leaf, ...] = ()

    def __str__(self) -> str:
        return "<hr>" if self.name == "hr" else f"<{self.name}>{self.html}</{self.name}>"


GAP = Block("gap", "")
Stream = Iterator[Leaf | Block]


def rebuilt(html: str) -> str:
    """Balanced markup as our blocks, in canonical form."""
    return "".join(map(str, _blocks(_inside(_parsed(html)))))


def _parsed(html: str) -> BeautifulSoup:
    # The wrapping keeps the parser from taking a bare address for a mistaken file name.
    return BeautifulSoup(f"<div>{html}</div>", "html.parser")


def _blocks(stream: Iterable[Leaf | Block]) -> list[Block]:
    found: list[Block] = []
    for is_text, group in groupby(stream, key=lambda item: isinstance(item, Leaf)):
        if is_text:
            found.extend(map(_paragraph, paragraphs(item for item in group if isinstance(item, Leaf))))
        else:
            found.extend(item for item in group if isinstance(item, Block) and item is not GAP)
    return _lists_joined(found)


def _paragraph(run: list[Leaf]) -> Block:
    run = linked(run)
    return Block("p", written(run), tuple(run))


def _inside(node: Tag) -> Stream:
    for child in node.children:
        if isinstance(child, Tag):
            yield from _element(child)
        elif type(child) is NavigableString or not isinstance(child, PreformattedString):
            yield leaf_of(str(child))


def _element(tag: Tag) -> Stream:
    name = tag.name
    if name == "br":
        yield BREAK
    elif name in _MARKS:
        yield from (_marked(item, _MARKS[name]) for item in _inside(tag))
    elif name == "a":
        href = safe_href(str(tag.get("href") or ""))
        yield from (_to(item, href) for item in _inside(tag))
    elif "attachment" in (tag.get("class") or ()):
        return
    elif (kind := marker_of(tag)) is not None:
        yield _list(kind, _inside(list_item(tag)))
    elif name in {"td", "th"}:
        yield from _cell(tag)
    else:
        yield from _standing(tag)


def _standing(tag: Tag) -> Stream:
    name = tag.name
    if name in {"ul", "ol"}:
        yield Block(name, "".join(map(str, _items(tag))))
    elif name == "li":
        yield _list("ul", _inside(tag))
    elif name == "blockquote":
        yield Block(name, "".join(map(str, _quoted(_blocks(_inside(tag))))))
    elif name == "pre":
        yield Block(name, escape(_preformatted(tag), quote=False))
    elif name in _HEADINGS:
        yield Block("h3", written(linked(_one_run(_inside(tag), between=leaf_of(" ")))))
    elif name == "hr":
        yield Block("hr", "-")
    elif name in _LINES:
        yield GAP
        yield from _inside(tag)
        yield GAP
    else:
        yield from _inside(tag)


def _cell(tag: Tag) -> Stream:
    if tag.find_previous_sibling(["td", "th"]) is not None:
        yield leaf_of(" | ")
    yield from (item for item in _inside(tag) if item is not GAP)


def _marked(item: Leaf | Block, mark: str) -> Leaf | Block:
    return item.under(mark) if isinstance(item, Leaf) and not item.is_break else item


def _to(item: Leaf | Block, href: str | None) -> Leaf | Block:
    if isinstance(item, Leaf) and not item.is_break and item.href is None:
        return replace(item, href=href)
    return item


def _items(tag: Tag) -> Stream:
    """What a list holds, as items; words astray between its items become items too."""
    astray: list[Leaf | Block] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "li":
            yield from _item(astray)
            astray = []
            yield from _item(_inside(child))
        elif isinstance(child, Tag):
            astray.extend(_element(child))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            astray.append(leaf_of(str(child)))
    yield from _item(astray)


def _item(stream: Iterable[Leaf | Block]) -> Iterator[Block]:
    blocks = _blocks(stream)
    run = linked(_joined_runs([block for block in blocks if block.name not in {"ul", "ol"}], BREAK))
    lists = "".join(str(block) for block in blocks if block.name in {"ul", "ol"} and block.html)
    if run or lists:
        yield Block("li", written(run) + lists)


def _list(kind: str, stream: Iterable[Leaf | Block]) -> Block:
    return Block(kind, "".join(map(str, _item(stream))))


def _quoted(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.name == "h3":
            yield replace(block, name="p")
        elif block.name != "hr":
            yield block


def _one_run(stream: Iterable[Leaf | Block], between: Leaf) -> list[Leaf]:
    return _joined_runs(_blocks(stream), between)


def _joined_runs(blocks: Iterable[Block], between: Leaf) -> list[Leaf]:
    """The words of the blocks as one run; a block without a run gives its plain words."""
    whole: list[Leaf] = []
    for block in blocks:
        run = block.run or tuple(_words(block))
        if run:
            whole.extend([between, *run] if whole else run)
    return whole


def _words(block: Block) -> Iterator[Leaf]:
    text = _parsed(block.html).get_text(" ") if block.name != "hr" else ""
    yield from (leaf for run in paragraphs([leaf_of(text)]) for leaf in run)


def _preformatted(tag: Tag) -> str:
    # Read off in one pass: putting a text in the place of each <br> would be quadratic.
    text = tidy("".join(_letters(node) for node in tag.descendants))
    return text.strip("\n").rstrip() if is_visible(text) else ""


def _letters(node: PageElement) -> str:
    if isinstance(node, Tag):
        return "\n" if node.name == "br" else ""
    return "" if isinstance(node, PreformattedString) else str(node)


def _lists_joined(blocks: list[Block]) -> list[Block]:
    """Neighbouring lists of one kind as one; blocks with nothing inside left out."""
    kept: list[Block] = []
    for block in (block for block in blocks if block.html):
        if kept and block.name in {"ul", "ol"} and kept[-1].name == block.name:
            kept[-1] = Block(block.name, kept[-1].html + block.html)
        else:
            kept.append(block)
    return kept
