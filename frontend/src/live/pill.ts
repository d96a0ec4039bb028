// New posts wait behind "3 new posts" until somebody asks for them, so that the feed does not move under the thumb.
//   [data-feed][data-live=yes]     a feed that shows everything, newest first; data-space when it is one space's
//   button[data-new-posts]         the pill, with [data-new-posts-words], before the cards
import { announce } from "../announce";
import { on, tell } from "../dom";
import { hear } from "./hear";
import { me, setWrote } from "./mine";
import type { LiveEvent } from "./numbers";
import { card, parse, put, words } from "./page";

const SAY_MS = 2500;
const ECHO_MS = 4000;
const waiting = new Map<number, HTMLElement>();
let gap = false;
let sayTimer = 0;

const feed = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-feed][data-live="yes"]');
const button = (): HTMLButtonElement | null => feed()?.querySelector<HTMLButtonElement>("[data-new-posts]") ?? null;

export function replace(id: number, fresh: HTMLElement): void {
  if (waiting.has(id)) waiting.set(id, fresh);
}

export function drop(id: number): void {
  if (waiting.delete(id)) show();
}

/** Cards of a space that can no longer be seen. */
export function dropSpace(space: string): void {
  for (const [id, element] of waiting) if (element.dataset.space === space) drop(id);
}

function posted(event: LiveEvent): void {
  const element = parse(event.html);
  const space = feed()?.dataset.space;
  if (!element || !feed() || card(event.id) || (space && space !== element.dataset.space)) return;
  if (event.author_id && event.author_id === me()) {
    setWrote(event.id);
    // sent from this very page: its own answer puts the card where its row stands
    if (document.querySelector("[data-feed] > [data-outbox]")) return later(event.id, element);
  }
  keep(event.id, element);
}

function later(id: number, element: HTMLElement): void {
  const sending = (): boolean => document.querySelector("[data-feed] > [data-outbox].is-sending") !== null;
  window.setTimeout(() => (sending() ? later(id, element) : keep(id, element)), ECHO_MS);
}

export function keep(id: number, element: HTMLElement): void {
  if (card(id)) return;
  waiting.set(id, element);
  show();
  window.clearTimeout(sayTimer);
  sayTimer = window.setTimeout(() => waiting.size && announce(words("new-posts", waiting.size)), SAY_MS);
}

function show(): void {
  const pill = button();
  for (const id of waiting.keys()) if (card(id)) waiting.delete(id);
  if (!pill) return;
  pill.hidden = !waiting.size;
  const place = pill.querySelector("[data-new-posts-words]");
  if (place) place.textContent = words("new-posts", waiting.size);
}

/** More was missed than waits here: the pill then leads to the feed as it is now. */
export function missedMore(): void {
  gap = true;
}

/** Put the cards that wait at the top, newest first, and go there. */
export function bring(): void {
  const list = feed();
  if (!list) return;
  if (gap) return location.assign(location.pathname + location.search);
  const fresh = Array.from(waiting).filter(([id]) => !card(id));
  waiting.clear();
  list.querySelector(".empty")?.remove();
  for (const [id, element] of fresh) {
    tell(document, "live:streams", { [`contribution:${id}`]: 0 });
    put(element, (each) => list.insertBefore(each, list.querySelector(":scope > article")));
  }
  show();
  const top = list.querySelector<HTMLElement>(":scope > article");
  window.scrollTo({ top: 0, behavior: "instant" });
  top?.focus({ preventScroll: true });
}

export function start(): void {
  hear(["contribution:posted"], posted);
  on("click", "[data-new-posts]", bring);
  document.addEventListener("outbox:sent", show);
}
