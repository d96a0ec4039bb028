// The bell's number, live: `notification:changed` and `notification:count` say how many lines are unread.
//   [data-count^="notifications."]     a badge of the shell; also told to whoever shows the lines, as `bell:changed`
import { announce } from "../announce";
import { each, tell } from "../dom";
import { word } from "../words";
import { hear } from "./hear";
import { me } from "./mine";
import type { LiveEvent } from "./numbers";

const BADGES = '[data-count^="notifications."]';

const shown = (badge: HTMLElement): number => (badge.hidden ? 0 : parseInt(badge.textContent ?? "0", 10) || 0);

function show(badge: HTMLElement, unread: number): void {
  const number = unread < 100 ? String(unread) : "99+";
  badge.hidden = unread === 0;
  for (const part of badge.children) part.textContent = (part.textContent ?? "").replace(/\d+\+?/, number);
}

function heard(event: LiveEvent): void {
  if (typeof event.unread === "number") {
    const badges = Array.from(document.querySelectorAll<HTMLElement>(BADGES));
    if (event.html && badges.some((badge) => shown(badge) < Number(event.unread))) announce(word("bell-new"));
    for (const badge of badges) show(badge, event.unread);
  }
  tell(document, "bell:changed", event);
}

export function start(): void {
  hear(["notification:changed", "notification:count"], heard);
  each("data.mine", () => me() && tell(document, "live:join", { streams: [`member:${me()}`] }));
}
