// Small words for changing what is on the page while somebody reads it.
import { process } from "../htmx";
import { locale, word } from "../words";

/** The first element of a piece of HTML that came from our own server. */
export function parse(html: unknown): HTMLElement | null {
  if (typeof html !== "string" || !html) return null;
  const found = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  return found ? (document.importNode(found, true) as HTMLElement) : null;
}

const BAR = 64;

function inView(): HTMLElement | null {
  const shown = Array.from(document.querySelectorAll<HTMLElement>("[data-contribution], [data-reply]"));
  const found = shown.find((element) => element.getBoundingClientRect().bottom > BAR);
  return found ?? document.getElementById("replies");
}

/** The innermost thing under the reader's eyes that a change leaves alone. */
function anchor(): [HTMLElement, number] | null {
  // the place to write that stays at the foot of a talk does not tell what is being read
  const inDock = document.activeElement?.closest("[data-dock]");
  const focused = inDock ? null : document.activeElement?.closest<HTMLElement>("[data-reply], form, [data-contribution]");
  const place = focused?.getBoundingClientRect();
  const element = place && place.bottom > BAR && place.top < window.innerHeight ? focused : inView();
  return element ? [element, element.getBoundingClientRect().top] : null;
}

/** Change the page without moving what is being read. */
export function hold(change: () => void): void {
  const held = window.scrollY > 0 ? anchor() : null;
  change();
  if (!held || !held[0].isConnected) return;
  const moved = held[0].getBoundingClientRect().top - held[1];
  if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
}

const numbers = new Intl.NumberFormat(locale);
const rules = new Intl.PluralRules(locale);

/** The sentence for one or for several: `new-posts.one`, `new-posts.other`. */
export function words(name: string, count: number, values: Record<string, string | number> = {}): string {
  return word(`${name}.${rules.select(count) === "one" ? "one" : "other"}`, { count: numbers.format(count), ...values });
}

/** Put an element in, and let htmx see it. */
export function put(element: HTMLElement, where: (element: HTMLElement) => void): void {
  where(element);
  process(element);
}

/** The address of a contribution in the network of this page. */
export const addressOf = (id: number): string => `${location.pathname.match(/^.*?\/n\/[^/]+/)?.[0] ?? ""}/c/${id}`;

export const card = (id: number): HTMLElement | null => document.getElementById(`c-${id}`);
export const reply = (id: number): HTMLElement | null => document.getElementById(`reply-${id}`);
/** The contribution whose own page this is; 0 on a feed. */
export const pageOf = (): number => Number(document.querySelector<HTMLElement>("[data-page]")?.dataset.page ?? 0);
