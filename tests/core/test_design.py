"""The design system: its words in templates, its colours, and the pages that show it."""

import re
from itertools import product
from pathlib import Path

import pytest
from markupsafe import Markup

from app.core import icons, navigation
from app.core.avatars import COLOURS, colour_class, initials
from app.core.styleguide import ERRORS

STYLES = Path(__file__).parents[2] / "frontend" / "styles"
TONES = ("worked", "mixed", "learned", "question", "material", "problem", "accent")
GROUNDS = ("ground", "surface", "sunken", "hover", "bubble")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dana Ruiz", "DR"),
        ("Ana de la Cruz", "AC"),
        ("Priya", "P"),
        ("  lower case ", "LC"),
        ("李 明", "李明"),
        ("(she) Bell", "B"),
        ("", "·"),
        ("!!!", "·"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_a_colour_is_stable_and_exists():
    assert colour_class(5) == colour_class(5 + COLOURS) == "av-5"
    assert colour_class(None) == "av-none"


def test_an_icon_refers_to_the_sprite_and_says_nothing():
    drawn = icons.icon("heart", "big")
    assert isinstance(drawn, Markup)
    assert 'href="#i-heart"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert 'id="i-heart"' in icons.icon_sprite()


def test_an_icon_that_nobody_drew_is_an_error():
    with pytest.raises(KeyError, match="no icon named"):
        icons.icon("unicorn")


def test_icons_have_names_of_their_own():
    assert len(set(icons.NAMES)) == len(icons.NAMES) > 50


def test_an_item_is_offered_only_where_it_can_lead(app):
    navigation.add("left", "styleguide.feed", "Samples", "home", order=1)
    navigation.add("left", "nowhere.at_all", "Nowhere", "home")
    navigation.add("left", "styleguide.show", "Hidden", "home", shown=lambda: False)
    try:
        with app.test_request_context("/styleguide/feed"):
            labels = {link.label: link for link in navigation.links("left")}
    finally:
        for endpoint in ("styleguide.feed", "nowhere.at_all", "styleguide.show"):
            navigation._items["left"].pop(endpoint)
    assert labels["Samples"].current
    assert labels["Samples"].url == "/styleguide/feed"
    assert "Nowhere" not in labels
    assert "Hidden" not in labels


@pytest.mark.parametrize("path", ["", "/feed", "/plain", "/menu", *(f"/error/{code}" for code in ERRORS)])
def test_every_page_of_the_style_guide_stands(client, path):
    answer = client.get(f"/styleguide{path}")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", page)


def test_the_readers_theme_comes_with_the_page(client):
    assert "data-theme" not in client.get("/styleguide/plain").get_data(as_text=True).partition("<body")[0]
    client.set_cookie("theme", "dark")
    assert '<html lang="en" data-theme="dark">' in client.get("/styleguide/plain").get_data(as_text=True)
    client.set_cookie("theme", '"><script>')
    assert "<script>" not in client.get("/styleguide/plain").get_data(as_text=True).partition("<head")[0]


def test_an_error_page_needs_nobody_signed_in(client):
    assert "nothing here for you" in client.get("/styleguide/error/404").get_data(as_text=True)


def colours(theme: str) -> dict[str, str]:
    block = (STYLES / "_tokens.scss").read_text().partition(f"@mixin {theme} {{")[2].partition("\n}")[0]
    return dict(re.findall(r"--([\w-]+): (#\w+);", block))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two #rrggbb colours."""

    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_in_both_themes(theme):
    known = colours(theme)
    pairs = [*product(("ink", "muted", "accent"), GROUNDS), *((tone, f"{tone}-soft") for tone in TONES)]
    pairs += [*product(TONES, ("ground", "surface", "sunken"))]
    pairs += [
        ("accent-ink", "accent"),
        ("accent-ink", "accent-strong"),
        ("surface", "ink"),
        ("ground", "ink"),
    ]
    weak = {pair: contrast(*(known[name] for name in pair)) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_can_be_seen(theme):
    known = colours(theme)
    weak = {ground: contrast(known["edge"], known[ground]) for ground in GROUNDS}
    assert {ground: round(ratio, 2) for ground, ratio in weak.items() if ratio < 3} == {}


def test_white_letters_can_be_read_on_every_avatar():
    drawn = re.findall(r"#[0-9a-f]{6}", (STYLES / "_avatar.scss").read_text())
    assert len(drawn) == COLOURS
    assert [colour for colour in drawn if contrast(colour, "#ffffff") < 4.5] == []
