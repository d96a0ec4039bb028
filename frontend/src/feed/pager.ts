// Endless scroll over a real link: a[data-pager] asks for its page a little before it comes into sight (the `near` event,
// which htmx hears), and on a press. Its fragment takes the link's place.
import { each, tell } from "../dom";

const AHEAD = "900px 0px";

/** While somebody is being brought back to where they were, pages come by another way. */
let resting = false;
const waiting = new Set<HTMLElement>();

export function rest(on: boolean): void {
  resting = on;
  if (!on) for (const link of Array.from(waiting)) ask(link);
}

function ask(link: HTMLElement): void {
  waiting.delete(link);
  if (resting) waiting.add(link);
  else if (link.isConnected) tell(link, "near");
}

export function start(): void {
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        ask(target as HTMLElement);
      }
    },
    { rootMargin: AHEAD },
  );
  each("a[data-pager][hx-get]", (link) => observer.observe(link));
  // a page that did not come is asked for again when the link comes into sight again
  for (const trouble of ["htmx:sendError", "htmx:responseError"])
    document.addEventListener(trouble, (event) => {
      const link = (event as CustomEvent<{ elt?: HTMLElement }>).detail.elt;
      if (link?.matches("a[data-pager]")) window.setTimeout(() => observer.observe(link), 5000);
    });
}
