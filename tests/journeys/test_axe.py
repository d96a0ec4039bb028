"""axe on every page, in light and dark, on a desk and on a phone; and nothing scrolls sideways."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.people import FEED, Person
from tests.journeys.test_threads import begin
from tests.support.browser import axe

Come = Callable[..., Person]
SIGNED_IN = [
    FEED,
    f"{FEED}?outcome=did_not_work",
    f"{FEED}share/tried_it",
    f"{FEED}share/question",
    f"{FEED}trying/",
    f"{FEED}saved/",
    f"{FEED}search",
    f"{FEED}search?q=box+plot&grade=6",
    f"{FEED}search?q=zxqvv",
    f"{FEED}standards/",
    f"{FEED}standards/?q=ratio",
    f"{FEED}standards/2",
    *(
        f"{FEED}library/{rest}"
        for rest in ("", "?tab=schools", "new", "many", "needed", "ask", "collections/")
    ),
    f"{FEED}members/",
    f"{FEED}norms/",
    f"{FEED}norms/history",
    f"{FEED}norms/propose",
    f"{FEED}profile",
    f"{FEED}membership",
    f"{FEED}unnamed/",
    f"{FEED}reports/",
    f"{FEED}reports/record",
    "/notifications",
    "/account/",
    "/account/password",
    "/account/data",
    "/account/delete",
]
GROUP = "ratios-grade-7"
GROUPS = [
    *(
        f"{FEED}groups/{rest}"
        for rest in ("", "?show=all", "?show=suggested", "new", "data-they-care-about/")
    ),
    *(f"{FEED}groups/{GROUP}/{rest}" for rest in ("", "members?invite=lena", "files", "files?show=photos")),
    *(f"{FEED}groups/{GROUP}/{rest}" for rest in ("leads", "change", "leave", "norms")),
    f"{FEED}spaces/{GROUP}/",
]
"""As one of the group's leads sees them."""
HUB = [
    f"{FEED}settings/groups",
    f"{FEED}settings/",
    f"{FEED}settings/sites/",
    f"{FEED}settings/search",
    f"{FEED}settings/standards",
    f"{FEED}settings/people/",
    f"{FEED}settings/year/",
    f"{FEED}invitations/",
    f"{FEED}asks/",
    *(f"{FEED}settings/{rest}" for rest in ("moderation", "health", "record", "unnamed")),
]
SIGNED_OUT = ["/sign-in", "/reset", "/n/middle-grades-math/ask", "/nowhere"]
LOOKS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]


def look_at(page: Page, paths: list[str]) -> list[Any]:
    """What is serious on these pages, and what is wider than the screen."""
    found: list[Any] = []
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        # What is half behind a bar that stays counts as too small; one scroll and it is whole.
        page.evaluate(
            "() => document.querySelectorAll('[data-dock], [data-thread-bar]')"
            ".forEach(bar => { bar.style.position = 'static'; })"
        )
        found += [(path, one) for one in axe(page) if one[0] in ("serious", "critical")]
        wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append((path, f"scrolls sideways by {wide} px"))
    return found


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_every_page_of_a_teacher(theme: str, width: int, person: Come) -> None:
    teacher = person("teacher", color_scheme=theme, viewport={"width": width, "height": 850}, bypass_csp=True)
    post = teacher.page.locator("article[data-contribution]").first.get_attribute("data-contribution")
    assert look_at(teacher.page, [*SIGNED_IN, f"{FEED}c/{post}", f"{FEED}c/{post}/people"]) == []


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_every_page_of_a_group(theme: str, width: int, person: Come) -> None:
    lead = person("colleague", color_scheme=theme, viewport={"width": width, "height": 850}, bypass_csp=True)
    assert look_at(lead.page, GROUPS) == []


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_every_page_of_a_thread(theme: str, width: int, person: Come) -> None:
    teacher = person(
        "teacher",
        at=f"{FEED}threads/",
        color_scheme=theme,
        viewport={"width": width, "height": 850},
        bypass_csp=True,
    )
    talk = teacher.page.locator("[data-thread-line] a").filter(has_text="Dividing fractions")
    there = talk.get_attribute("href") or ""
    own = teacher.send(
        f"{FEED}threads/new", title=f"Axe {theme} {width}", body="Look.", space=teacher.space()
    )["id"]
    pages = [there, f"{there}?at=1", f"{FEED}threads/"]
    if (theme, width) in (LOOKS[0], LOOKS[3]):
        pages += [f"{FEED}threads/new", f"{there}/summaries", f"{FEED}c/{own}", f"{FEED}c/{own}/summary"]
        pages += [f"{FEED}c/{own}/move", f"{FEED}c/{own}/edit-thread"]
    assert look_at(teacher.page, pages) == []


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_every_page_of_the_hub(theme: str, width: int, person: Come) -> None:
    director = person(
        "director", color_scheme=theme, viewport={"width": width, "height": 850}, bypass_csp=True
    )
    assert look_at(director.page, HUB) == []


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_every_page_of_moderation(theme: str, width: int, person: Come) -> None:
    """From the report to the letter, as the three whom it concerns see it."""
    look = {"color_scheme": theme, "viewport": {"width": width, "height": 850}, "bypass_csp": True}
    author, reporter, judge = (person(who, **look) for who in ("colleague", "teacher", "facilitator"))
    title = f"Looked at {theme} {width}"
    post = begin(author, title)
    form = f"{FEED}report/c/{post}"
    assert look_at(reporter.page, [form, f"{form}/talk"]) == []
    reporter.page.goto(form)
    norm = reporter.page.locator("#norm-1").get_attribute("value")
    reporter.send(form, ref=norm)
    judge.page.goto("/moderation")
    case = judge.page.locator("[data-cases] a").filter(has_text=title).get_attribute("href") or ""
    assert look_at(judge.page, ["/moderation", "/moderation?norm=none&old=1", case]) == []
    acts = judge.page.locator("a[href*='/act/']")
    ways = [act.get_attribute("href") or "" for act in acts.all()]
    looked = [way for way in ways if re.search(r"/act/(hide|pause|move)\?", way)]
    assert len(looked) == 3
    assert look_at(judge.page, looked) == []
    read = judge.page.locator("input[name=read]").get_attribute("value")
    judge.send(f"{case}/act/lock", ref=norm, letter="Let it rest.", read=read)
    author.page.goto(f"{FEED}reports/record")
    letter = author.page.locator("a[href^='/moderation/letters/']").first.get_attribute("href") or ""
    assert look_at(author.page, [letter, f"{FEED}reports/record"]) == []
    assert look_at(judge.page, [case, "/moderation?state=done"]) == []
    assert look_at(reporter.page, [f"{FEED}reports/"]) == []


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_every_page_before_signing_in(theme: str, width: int, browser: Any, base_url: str) -> None:
    context = browser.new_context(
        base_url=base_url, color_scheme=theme, viewport={"width": width, "height": 850}, bypass_csp=True
    )
    assert look_at(context.new_page(), SIGNED_OUT) == []
    context.close()
