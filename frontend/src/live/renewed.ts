// A list that is asked for again, and the badge that counts what waits in it: conversations, the queue.
import { process } from "../htmx";
import { hold, parse } from "./page";

const SOON_MS = 300;
const timers = new Map<string, number>();

export const badgesOf = (endpoint: string): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>(`[data-count="${endpoint}"]`));

/** The badges of `endpoint` say `waiting`, or nothing at 0. */
export function count(endpoint: string, waiting: number): void {
  for (const badge of badgesOf(endpoint)) {
    badge.hidden = waiting === 0;
    for (const part of badge.children)
      part.textContent = (part.textContent ?? "").replace(/\d+\+?/, waiting < 100 ? String(waiting) : "99+");
  }
}

async function renew(selector: string): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const shown = document.querySelector<HTMLElement>(selector);
  if (!answer?.ok || !shown) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = parse(page.querySelector(selector)?.outerHTML);
  if (!fresh) return;
  const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  hold(() => shown.replaceWith(fresh));
  process(fresh);
  if (focused) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Ask for the list at `selector` again, once for all that comes within a moment; the focus stays on its row. */
export function renewSoon(selector: string): void {
  if (!document.querySelector(selector)) return;
  clearTimeout(timers.get(selector));
  timers.set(
    selector,
    window.setTimeout(() => void renew(selector), SOON_MS),
  );
}
