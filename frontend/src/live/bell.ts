// The bell, live: how many lines are unread, and the lines themselves where they are shown.
//   [data-count^="notifications."]     a badge of the shell; [data-streams] around it: {"member:9": 4}, what it follows
//   [data-notices=yes]                 a list that shows the newest lines first; li#notification-7 is one
import { announce } from "../announce";
import { each, tell } from "../dom";
import { process } from "../htmx";
import { word } from "../words";
import { hear } from "./hear";
import type { LiveEvent } from "./numbers";
import { parse } from "./page";

const UNREAD = "/notifications/unread";

const badges = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>('[data-count^="notifications."]'));
const shown = (badge: HTMLElement): number => (badge.hidden ? 0 : parseInt(badge.textContent ?? "0", 10) || 0);

function show(unread: unknown): void {
  if (typeof unread !== "number") return;
  for (const badge of badges()) {
    badge.hidden = unread === 0;
    for (const part of badge.children)
      part.textContent = (part.textContent ?? "").replace(/\d+\+?/, unread < 100 ? String(unread) : "99+");
  }
}

function heard(event: LiveEvent): void {
  const more = badges().some((badge) => shown(badge) < Number(event.unread));
  show(event.unread);
  if (event.event !== "notification:changed") return;
  if (event.html && more) announce(word("bell-new"));
  document.querySelectorAll(`#notification-${event.id}`).forEach((line) => line.remove());
  for (const list of document.querySelectorAll<HTMLElement>('[data-notices="yes"]')) {
    const line = parse(event.html);
    if (!line) continue;
    list.prepend(line);
    process(line);
  }
}

async function askAgain(event: Event): Promise<void> {
  const { streams } = (event as CustomEvent<{ streams: string[] }>).detail;
  if (!streams.some((stream) => stream.startsWith("member:"))) return;
  const answer = await fetch(UNREAD, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) show(((await answer.json()) as { unread: number }).unread);
}

export function start(): void {
  hear(["notification:changed", "notification:count"], heard);
  document.addEventListener("live:reload", (event) => void askAgain(event));
  each("[data-streams]", (bell) => {
    try {
      tell(document, "live:streams", JSON.parse(bell.dataset.streams ?? "{}"));
    } catch {
      // a bell that does not follow anything
    }
  });
}
