"""People of the demo in browsers of their own, and what they can do without looking at the page.

`Person.page` is their tab; `share`, `reply` and `react` send what the page's script would send, for the
others in a journey, whose clicks are not what is tested.
"""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PASSWORD = "throughline-demo"
FEED = "/n/middle-grades-math/"

_SEND = """async ([address, fields, key]) => {
  const headers = {Accept: "application/json", "Idempotency-Key": key,
    "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content};
  const answer = await fetch(address, {method: "POST", headers, body: new URLSearchParams(fields)});
  return {status: answer.status, ...(await answer.json().catch(() => ({})))};
}"""

DRAFT = """async ([address, body]) => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  const how = {method: "DELETE", headers: {"Content-Type": "application/json", "X-CSRFToken": token}};
  await fetch(address, how);
  return fetch(address, body ? {...how, method: "PUT", body: JSON.stringify({body, sequence: 0})} : how);
}"""
"""Puts a draft in the place of one that another journey may have left; without a body, none."""


@dataclass
class Person:
    """A signed-in browser. `trouble` collects what went wrong in its pages."""

    name: str
    context: BrowserContext
    page: Page
    trouble: list[str] = field(default_factory=list)

    def send(self, address: str, **fields: Any) -> dict[str, Any]:
        """POST from the page, as its script would."""
        said = self.page.evaluate(_SEND, [address, fields, uuid.uuid4().hex])
        assert said["status"] == 200, said
        return dict(said)

    def share(self, words: str, kind: str = "update", **fields: Any) -> int:
        """Post to the whole network; the new contribution's id."""
        options = self._spaces()
        said = self.send(f"{FEED}share/{kind}", body=words, space=options["The whole network"], **fields)
        return int(said["id"])

    def reply(self, root: int, words: str, parent: int | None = None) -> int:
        """Reply to a root, or to one of its replies; the new reply's id."""
        said = self.send(f"{FEED}c/{root}/reply", text=words, parent_id=parent or "")
        return int(said["id"])

    def react(self, contribution: int, kind: str = "thanks", *, on: bool = True) -> None:
        self.send(f"{FEED}c/{contribution}/react/{kind}", on="1" if on else "0")

    def card(self, contribution: int) -> Locator:
        return self.page.locator(f"#c-{contribution}")

    def reply_row(self, reply: int) -> Locator:
        return self.page.locator(f"#reply-{reply}")

    def listen(self) -> None:
        """Wait until the page hears what is live."""
        expect(self.page.locator("html")).to_have_attribute("data-live", "open")

    def space(self, name: str = "The whole network") -> str:
        """The number of a space that one may share in, by its name in the composer."""
        return self._spaces()[name]

    def _spaces(self) -> dict[str, str]:
        html = self.page.request.get(f"{FEED}share/update", headers={"HX-Request": "true"}).text()
        found = re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', html)
        return {name.strip(): number for number, name in found}


def sign_in(browser: Browser, base_url: str, who: str, state: Any = None, **options: Any) -> Person:
    """A browser of the demo's `who`; with `state`, the one of an earlier sign-in."""
    context = browser.new_context(base_url=base_url, storage_state=state, **options)
    context.set_default_timeout(60_000)
    person = Person(who, context, context.new_page())
    person.page.on("pageerror", lambda error: person.trouble.append(str(error)))
    person.page.on("console", lambda said: _note(person, said))
    if state is None:
        person.page.goto("/sign-in")
        person.page.get_by_label("Email").fill(f"{who}@demo.example")
        person.page.get_by_label("Password", exact=True).fill(PASSWORD)
        person.page.get_by_role("button", name="Sign in", exact=True).click()
        person.page.wait_for_url("**/n/**")
    return person


def _note(person: Person, said: Any) -> None:
    # The browser itself reports a lost connection or a refusal as an error; some journeys want them.
    expected = ("net::ERR_", "WebSocket", "the server responded with a status of 4")
    if said.type == "error" and not any(words in said.text for words in expected):
        person.trouble.append(said.text)
