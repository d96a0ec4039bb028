"""Small acts on a card: thanks, "I'll try this", save, the link. Shown at once, and true after a reload."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def test_a_reaction_shows_at_once_is_kept_and_can_be_taken_back(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("Sorted student work into three piles.", "material")
    reply = colleague.reply(root, "The third pile taught me most.")
    teacher.page.reload()
    thanks = teacher.card(root).locator("> .acts").get_by_role("button", name="Thank you")
    thanks.click()
    expect(thanks).to_have_attribute("aria-pressed", "true")
    expect(teacher.card(root).locator("[data-sum]")).to_have_text("1 thank you")
    small = teacher.reply_row(reply).get_by_role("button", name="Thank you")
    small.click()
    expect(small).to_contain_text("1")
    teacher.page.reload()
    expect(thanks).to_have_attribute("aria-pressed", "true")
    expect(small).to_have_attribute("aria-pressed", "true")
    thanks.click()
    expect(teacher.card(root).locator("[data-sum]")).to_be_hidden()
    expect(thanks).to_have_attribute("aria-pressed", "false")


def test_a_refused_reaction_is_taken_back_with_a_sentence(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("Gone before you thank me.")
    teacher.page.reload()
    teacher.page.route("**/react/thanks", lambda route: route.abort())
    thanks = teacher.card(root).locator("> .acts").get_by_role("button", name="Thank you")
    thanks.click()
    expect(teacher.page.locator("#toasts")).to_contain_text("No connection")
    expect(thanks).to_have_attribute("aria-pressed", "false")


def test_i_will_try_this_offers_a_day_and_a_way_out(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("Let them estimate first.", "material", title="Estimate first")
    teacher.page.reload()
    card = teacher.card(root)
    card.get_by_role("button", name="I'll try this").click()
    promised = card.get_by_role("button", name="You'll try this")
    expect(promised).to_have_attribute("aria-pressed", "true")
    expect(card.locator("[data-sum]")).to_contain_text("1 will try it")
    card.get_by_label("By which day?").fill("2030-05-14")
    expect(teacher.page.locator("#toasts")).to_contain_text("The day is set")
    mine = teacher.context.new_page()
    mine.goto(f"{FEED}trying/")
    expect(mine.locator("article").filter(has_text="Estimate first")).to_contain_text("2030")
    card.get_by_role("button", name="Undo").click()
    again = card.get_by_role("button", name="I'll try this")
    expect(again).to_have_attribute("aria-pressed", "false")
    expect(again).to_be_focused()
    expect(card.locator("[data-sum]")).to_be_hidden()


def test_the_menu_saves_copies_and_deletes_without_leaving_the_page(person: Come) -> None:
    teacher = person("teacher")
    root = teacher.share("Only for a moment.")
    teacher.page.reload()
    teacher.listen()
    teacher.context.grant_permissions(["clipboard-read", "clipboard-write"])
    menu = teacher.card(root).get_by_label("More about this post")
    menu.click()
    teacher.card(root).get_by_role("button", name="Save for later").click()
    expect(teacher.page.locator("#toasts")).to_contain_text("Only you see that")
    menu.click()
    expect(teacher.card(root).get_by_role("button", name="Take out of Saved")).to_be_visible()
    teacher.card(root).get_by_role("link", name="Copy link").click()
    expect(teacher.page.locator("#toasts")).to_contain_text("can open it")
    assert teacher.page.evaluate("navigator.clipboard.readText()").endswith(f"{FEED}c/{root}")
    menu.click()
    teacher.card(root).get_by_role("button", name="Delete").click()
    teacher.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(teacher.card(root)).to_have_count(0)
    assert teacher.page.url.endswith(FEED)
