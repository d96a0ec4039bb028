"""The registry of kinds: what a contribution can be, and how each kind shows itself.

A feature joins by registering a `Kind`: its name, its word and icon on the screen, the
template of its card's body and of its page, and what it gives to the search index. Replies,
reactions, files, mentions, edits and live updates come with the contribution, for every kind.
A *layout* is a page that several kinds share, wherever they are defined: `flat` is a long talk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _just_the_text(contribution: Any) -> str:
    return str(contribution.text)


def _no_marks(contribution: Any) -> dict[str, tuple[str, ...]]:
    return {}


@dataclass(frozen=True)
class Kind:
    """`word` is lazily translated; `tone` is the colour class of its chip, never alone."""

    name: str
    word: Any
    icon: str
    tone: str
    card: str
    """Template of the body on a card; it sees `card`, the small JSON that the kind made."""
    page: str | None = None
    """Template of its own page; None for the general one."""
    words_for_search: Callable[[Any], str] = _just_the_text
    marks_for_search: Callable[[Any], dict[str, tuple[str, ...]]] = _no_marks
    """More facets of it: `{"licence": ("CC0-1.0",)}`; their names are in the search port."""
    found_as: str = "post"
    """The tab of the search that its roots are under."""
    pace: str = "posts"
    """What its roots are counted as, where one shares no more than so many within an hour."""
    stands_apart: bool = False
    """Whether its feature shows its own on a standard's page, above what else serves it."""
    facts_for_search: Callable[[Any], tuple[str, ...]] = lambda _it: ()
    """What a found root shows beside its words, already words for people: what its own cards show."""
    in_feed: bool = True
    can_be_tried: bool = True
    can_be_thanked: bool = True
    """Whether its root says something; where it does not, there is nothing to thank for or to keep."""
    editable: str | None = None
    """Endpoint of its edit form, when it is not the general one."""
    layout: str = "card"
    """How its own page is laid out: `card`, or one that a feature registered with `lays_out`."""
    can_be_answered: bool = False
    """Whether a reply can be marked as the answer."""
    can_be_moved: bool = False
    """Whether it can go to another space, with all its replies."""
    can_be_sealed: bool = False
    """Whether it may be shared without its author's name, where it tells of no success."""
    head: str | None = None
    """On a flat page, the template of what stands above the replies; None for its card."""
    form: str | None = None
    """On a flat page, the template of what stands between that and the replies."""
    saying: tuple[Any, Any] | None = None
    """How one answers it, where that is no reply: the words of the field, and of its button."""
    telling: str | None = None
    """Endpoint (`network`, `contribution_id`) of the form that asks how it went; None for a post."""
    around: Callable[[Any, Any], dict[str, Any]] | None = None
    """`(viewer, root) -> values` for these templates; `name` and `back` (address, words) are of the page."""


@dataclass(frozen=True)
class Offer:
    """A verb in the menu of a kind that another feature brings."""

    endpoint: str
    label: Any
    icon: str
    shown: Callable[[Any, Any], bool]


Editor = Callable[[Any], str | None]
"""`(contribution) -> endpoint of its own edit form`, or None where it is not this feature's."""
Layout = Callable[[Any, Any], Any]
"""`(viewer, root) -> response`: the page of a root that the viewer may see."""


class Kinds:
    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}
        self._layouts: dict[str, Layout] = {}
        self._offers: dict[str, list[Offer]] = {}
        self._editors: list[Editor] = []

    def register(self, kind: Kind) -> Kind:
        known = self._kinds.get(kind.name)
        if known is not None and known != kind:
            raise ValueError(f"two kinds are called {kind.name}")
        self._kinds[kind.name] = kind
        return kind

    def standing_apart(self) -> list[str]:
        """The names of kinds that their own features show on a standard's page."""
        return [kind.name for kind in self._kinds.values() if kind.stands_apart]

    def at_pace(self, pace: str) -> list[str]:
        """The names of kinds that are counted together."""
        return [kind.name for kind in self._kinds.values() if kind.pace == pace]

    def get(self, name: str) -> Kind:
        """Raises KeyError for a kind that no feature registered."""
        return self._kinds[name]

    def lays_out(self, layout: str) -> Callable[[Layout], Layout]:
        """Register the page of every kind with this layout."""

        def register(page: Layout) -> Layout:
            self._layouts[layout] = page
            return page

        return register

    def offers(
        self, name: str, endpoint: str, label: Any, icon: str, shown: Callable[[Any, Any], bool]
    ) -> None:
        """Put a verb of a feature into the menu of a kind's roots, where `shown(viewer, root)` is true.

        The endpoint takes `network` and `contribution_id`, and is opened as a page.
        """
        known = [offer for offer in self._offers.get(name, []) if offer.endpoint != endpoint]
        self._offers[name] = [*known, Offer(endpoint, label, icon, shown)]

    def offered(self, viewer: Any, root: Any) -> list["Offer"]:
        """What other features offer for this root."""
        return [offer for offer in self._offers.get(root.kind, []) if offer.shown(viewer, root)]

    def edits(self, editor: Editor) -> Editor:
        """Register who edits replies that are more than their words."""
        if editor not in self._editors:
            self._editors.append(editor)
        return editor

    def editor_of(self, contribution: Any) -> str | None:
        """Endpoint of the form that it is edited with; None for the general one."""
        if contribution.root_id is None:
            return self._kinds[contribution.kind].editable if contribution.kind in self._kinds else None
        return next((found for editor in self._editors if (found := editor(contribution))), None)

    def telling_of(self, name: str) -> str | None:
        """Endpoint of the form that asks how something of this kind went; None for a post."""
        return self._kinds[name].telling if name in self._kinds else None

    def page_of(self, name: str) -> Layout | None:
        """The page of a kind that has one of its own; None for the general one."""
        return self._layouts.get(self._kinds[name].layout) if name in self._kinds else None

    def is_flat(self, name: str) -> bool:
        """Whether its replies are read in order of position, each with whom it answers."""
        return name in self._kinds and self._kinds[name].layout == "flat"

    def in_feed(self) -> list[Kind]:
        """The kinds that the feed shows and filters by, in order of registration."""
        return [kind for kind in self._kinds.values() if kind.in_feed]

    def __contains__(self, name: object) -> bool:
        return name in self._kinds


kinds = Kinds()
