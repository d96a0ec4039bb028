// Turning the pages of a file that is seen without downloading it, by key:
//   [data-look]            the place: it takes the focus; ← and → turn while the focus is in it, but not in a field or a
//                          table (those scroll); where the ways to the others are its links rel=prev and rel=next
//   [data-look-words]      inside it: what is being looked at ("Page 3 of 12"), said politely after a turn
//   [data-look-way]        links beside it that lead to the same page; they follow
// A link that is followed by hand opens its address as any other.
import { announce } from "./announce";
import { mayAct } from "./feed/keys";

const KEYS: Record<string, string> = { ArrowLeft: "prev", ArrowRight: "next" };
let turning = false;

async function turn(look: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const next = page?.querySelector<HTMLElement>("[data-look]");
  if (!page || !next) return location.assign(link.href);
  const ways = page.querySelectorAll<HTMLAnchorElement>("[data-look-way]");
  document.querySelectorAll<HTMLAnchorElement>("[data-look-way]").forEach((way, at) => ways[at] && (way.href = ways[at].href));
  history.replaceState(history.state, "", link.href);
  const shown = document.adoptNode(next);
  look.replaceWith(shown);
  shown.focus({ preventScroll: true });
  announce(shown.querySelector("[data-look-words]")?.textContent?.trim() ?? "");
}

function pressed(event: KeyboardEvent): void {
  const at = event.target instanceof Element ? event.target : null;
  const look = at?.closest<HTMLElement>("[data-look]");
  if (!KEYS[event.key] || !look || event.shiftKey || !mayAct(event) || at?.closest("[tabindex]") !== look) return;
  const link = look.querySelector<HTMLAnchorElement>(`a[rel=${KEYS[event.key]}]`);
  if (!link) return;
  event.preventDefault();
  if (turning) return;
  turning = true;
  void turn(look, link).finally(() => (turning = false));
}

export function start(): void {
  document.addEventListener("keydown", pressed);
}
