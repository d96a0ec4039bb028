"""Groups: two teachers of two schools find one, ask, are let in, and talk there live; then one has to go."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]
DESK, PHONE = {"width": 1280, "height": 850}, {"width": 390, "height": 844}


def find_and_ask(page: Page, words: str, name: str, answer: str) -> None:
    """From the network's pages to "Asked.", as somebody who has only heard of the group."""
    page.get_by_role("link", name="Groups", exact=True).locator("visible=true").first.click()
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_label("Name, or what it is about").fill(words)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**q=**")
    page.get_by_role("link", name=name, exact=True).locator("visible=true").last.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Discussion", exact=True)).to_have_count(0)
    page.get_by_role("main").get_by_role("textbox").fill(answer)
    page.get_by_role("button", name="Ask to join").click()
    expect(page.get_by_role("main")).to_contain_text("Asked. The leads answer.")


def share_here(page: Page, words: str) -> None:
    page.get_by_role("button", name="Question", exact=True).click()
    box = page.get_by_label("What do you want to ask?")
    expect(box).to_be_focused()
    page.keyboard.type(words)
    expect(box).to_contain_text(words)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("article[data-contribution]").first).to_contain_text(words)


@pytest.mark.parametrize(
    ("asker", "lead", "there", "slug", "name", "screen"),
    [
        ("colleague", "faye.littlebear", "teacher", "math-identity", "Math identity", DESK),
        ("teacher", "priya.raman", "aisha.karim", "data-they-care-about", "Data they care about", PHONE),
    ],
    ids=["desk", "phone"],
)
def test_asking_talking_and_leaving(
    asker: str, lead: str, there: str, slug: str, name: str, screen: dict[str, int], person: Come
) -> None:
    newcomer = person(asker, viewport=screen)
    answer = f"What they say about themselves. {uuid.uuid4().hex}"
    find_and_ask(newcomer.page, name.split()[0].lower(), name, answer)

    leading = person(lead, at=f"{FEED}groups/{slug}/members", viewport=screen)
    asking = leading.page.get_by_role("main")
    expect(asking).to_contain_text(answer)
    card = leading.page.locator("section.card").filter(has_text=answer)
    card.get_by_role("button", name="Welcome them in").click()
    expect(leading.page.get_by_role("main")).not_to_contain_text(answer)

    listener = person(there, at=f"{FEED}spaces/{slug}/", viewport=screen)
    listener.listen()
    newcomer.page.goto(f"{FEED}spaces/{slug}/")
    newcomer.listen()
    said = f"Who has tried this with a whole class? {uuid.uuid4().hex}"
    share_here(newcomer.page, said)
    pill = listener.page.locator("[data-new-posts]")
    expect(pill).to_be_visible()
    pill.click()
    heard = listener.page.locator("article[data-contribution]").filter(has_text=said)
    expect(heard).to_be_visible()
    root = int(str(heard.get_attribute("data-contribution")))
    listener.reply(root, "I have, twice.")
    expect(newcomer.page.locator(f"#c-{root}")).to_contain_text("I have, twice.")

    take_out(leading, slug, newcomer)
    expect(newcomer.page.get_by_role("main")).to_contain_text("no longer shared with you")
    expect(newcomer.page.locator(f"#c-{root}")).to_have_count(0)
    newcomer.page.goto(f"{FEED}spaces/{slug}/")
    expect(newcomer.page.get_by_role("button", name="Ask to join")).to_be_visible()


def take_out(leading: Person, slug: str, gone: Person) -> None:
    """The lead takes somebody out, from the list of members."""
    names = {"colleague": "Tomas Nguyen", "teacher": "Dana Reyes"}
    page = leading.page
    page.goto(f"{FEED}groups/{slug}/members")
    page.get_by_label(f"What to do about {names[gone.name]}").click()
    page.get_by_role("button", name="Take out of the group").locator("visible=true").click()
    page.get_by_role("dialog").get_by_role("button", name="Take out of the group").click()
    expect(page.get_by_label(f"What to do about {names[gone.name]}")).to_have_count(0)


def test_a_member_chooses_what_to_be_told(person: Come) -> None:
    page = person("coach", at=f"{FEED}spaces/number-talks-every-day/").page
    page.get_by_label("What you are told of this group").click()
    page.get_by_role("button", name="Every new post").click()
    page.get_by_label("What you are told of this group").click()
    expect(page.get_by_role("button", name="Every new post")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="For an hour").click()
    expect(page.get_by_role("main")).to_contain_text("Quiet until")
    page.get_by_role("button", name="Tell me again").click()
    expect(page.get_by_role("main")).not_to_contain_text("Quiet until")


def test_starting_a_group_and_inviting_somebody(person: Come) -> None:
    lead = person("joanna.pike", at=f"{FEED}groups/")
    name = f"Exit slips {uuid.uuid4().hex[:6]}"
    lead.page.get_by_role("link", name="Start a group").click()
    lead.page.get_by_label("Name of the group").fill(name)
    lead.page.get_by_label("What is it for?").fill("What one slip a day tells us.")
    lead.page.get_by_label("Who can join?").select_option("secret")
    lead.page.get_by_role("main").get_by_role("button", name="Start a group").click()
    expect(lead.page.get_by_role("heading", name=name, level=1)).to_be_visible()
    lead.page.get_by_role("link", name="Members", exact=True).click()
    lead.page.get_by_label("Name, or what they work on").fill("wesley")
    lead.page.get_by_role("button", name="Look", exact=True).click()
    lead.page.get_by_role("button", name="Invite Wesley Tran").click()
    expect(lead.page.get_by_role("main")).to_contain_text("Invited, no answer yet")
    guest = person("wesley.tran", at=f"{FEED}groups/")
    guest.page.get_by_role("main").get_by_role("link", name=name).click()
    guest.page.get_by_role("button", name="Come in").click()
    expect(guest.page.get_by_role("link", name="Discussion", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
