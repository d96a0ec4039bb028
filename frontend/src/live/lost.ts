// What a person may not see any more leaves the page, with one calm sentence. What they were writing stays in their draft.
import { make } from "../dom";
import { toast } from "../toast";
import { word } from "../words";
import { card, hold, pageOf } from "./page";
import * as pill from "./pill";

function instead(sentence: string): void {
  const main = document.querySelector<HTMLElement>("#main > .stream, #main");
  const home = make("a", { class: "button button-plain", href: location.pathname.match(/^.*?\/n\/[^/]+\//)?.[0] ?? "/" }, word("to-feed"));
  const place = make("section", { class: "card empty", tabindex: -1 }, make("h2", {}, sentence), home);
  main?.replaceChildren(place);
  place.focus({ preventScroll: true });
}

function loseSpace(id: string): boolean {
  pill.dropSpace(id);
  const cards = Array.from(document.querySelectorAll<HTMLElement>(`article[data-space="${id}"]`));
  if (document.querySelector(`[data-feed][data-space="${id}"]`) || cards.some((each) => each.closest("[data-page]"))) {
    instead(word("access-lost"));
    return false;
  }
  hold(() => cards.forEach((each) => each.remove()));
  return cards.length > 0;
}

function loseContribution(id: number): void {
  if (pageOf() === id) return instead(word(document.body.dataset.tookBack === String(id) ? "took-back" : "page-lost"));
  hold(() => card(id)?.remove());
}

function lost(streams: string[]): void {
  let told = false;
  for (const stream of streams) {
    const [kind, id = ""] = stream.split(":");
    if (kind === "contribution") loseContribution(Number(id));
    if (kind === "space") told = loseSpace(id) || told;
  }
  if (told) toast(word("access-lost"));
}

function state(event: Event): void {
  if ((event as CustomEvent<{ state: string }>).detail.state !== "signed-out") return;
  const here = encodeURIComponent(location.pathname + location.search);
  toast(word("signed-out"), { label: word("sign-in"), run: () => location.assign(`/sign-in?next=${here}`) });
}

export function start(): void {
  document.addEventListener("live:state", state);
  document.addEventListener("live:lost", (event) => lost((event as CustomEvent<{ streams: string[] }>).detail.streams));
}
