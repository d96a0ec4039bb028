// Counts of what others did: the line under a card, the number beside a reply's thank-you.
import { hear } from "./hear";
import type { LiveEvent } from "./numbers";
import { hold, parse } from "./page";

/** Show the counts that the server told of a card or a reply. */
export function showCounts(id: number, html: unknown, thanks?: unknown): void {
  for (const number of document.querySelectorAll<HTMLElement>(`[data-thanks="${id}"]`)) {
    if (typeof thanks !== "number") continue;
    number.hidden = thanks === 0;
    const count = number.querySelector("b");
    if (count) count.textContent = String(thanks);
  }
  for (const line of document.querySelectorAll<HTMLElement>(`[data-sum="${id}"]`)) {
    const fresh = parse(html);
    if (fresh) hold(() => line.replaceWith(fresh));
  }
}

function changed(event: LiveEvent): void {
  if (event.html) showCounts(event.id, event.html, event.thanks);
}

export function start(): void {
  hear(["reaction:changed"], changed);
}
