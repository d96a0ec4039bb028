// Back returns to the same card at the same height. The history entry of a feed remembers the card that was being read and
// where it stood; coming back, the pages up to it are fetched again and the card is put where it was. Nothing of what the
// feed said is kept on the device.
//   a[data-back]      "Back to the feed": goes back in the history where the feed is what came before
import { on, tell } from "../dom";
import { process } from "../htmx";
import { pageOf } from "../live/page";
import { word } from "../words";
import { rest } from "./pager";

const BAR = 64;
const PAGES_AT_MOST = 40;
const SOON_MS = 150;
const FEED = /^.*\/n\/[^/]+\/$/;

interface Place {
  card: string;
  top: number;
}

let timer = 0;
let restoring = false;

const isFeed = (): boolean => document.querySelector("[data-feed]") !== null;
const kept = (): Place | null => (history.state as { place?: Place } | null)?.place ?? null;

function keep(): void {
  if (restoring || !isFeed()) return;
  const cards = Array.from(document.querySelectorAll<HTMLElement>("[data-feed] > [data-contribution]"));
  const reading = cards.find((card) => card.getBoundingClientRect().bottom > BAR + 40);
  const place = reading && window.scrollY > 0 ? { card: reading.id, top: Math.round(reading.getBoundingClientRect().top) } : undefined;
  history.replaceState({ ...(history.state as object | null), place }, "");
}

async function nextPage(): Promise<boolean> {
  const link = document.querySelector<HTMLAnchorElement>("[data-feed] a[data-pager]");
  const place = link?.closest<HTMLElement>(".pager");
  if (!link || !place) return false;
  const answer = await fetch(link.href, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || !place.isConnected) return false;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const elements = Array.from(found.children, (element) => document.importNode(element, true));
  place.replaceWith(...elements);
  elements.forEach((element) => element instanceof HTMLElement && process(element));
  return true;
}

function putBack({ card, top }: Place): void {
  const element = document.getElementById(card);
  if (element) window.scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
}

async function restore(place: Place): Promise<void> {
  restoring = true;
  rest(true);
  let moved = false;
  for (const kind of ["wheel", "touchstart", "keydown"]) window.addEventListener(kind, () => (moved = true), { once: true });
  let asked = 0;
  while (!document.getElementById(place.card) && asked++ < PAGES_AT_MOST && (await nextPage()));
  const put = (): void => void (moved || putBack(place));
  put();
  // pictures and letters that come late may move it once more, until somebody scrolls
  window.setTimeout(put, 300);
  rest(false);
  restoring = false;
  tell(document, "feed:restored", { card: place.card });
}

function cameBack(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "back_forward" || entry?.type === "reload";
}

function goBack(event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || !document.referrer || history.length < 2) return;
  const before = new URL(document.referrer);
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a") : null;
  if (!link || before.origin !== location.origin || before.pathname !== new URL(link.href).pathname) return;
  event.preventDefault();
  history.back();
}

/** Who came from the feed is led back to it, also from a page whose usual way leads elsewhere. */
function nameTheWay(): void {
  const way = document.querySelector<HTMLAnchorElement>("a[data-back]");
  const words = way?.querySelector("span");
  const before = document.referrer ? new URL(document.referrer) : null;
  if (!way || !words || before?.origin !== location.origin || !FEED.test(before.pathname)) return;
  way.setAttribute("href", before.pathname);
  words.textContent = word("to-feed");
}

export function start(): void {
  nameTheWay();
  on("click", "a[data-back]", goBack);
  if (!isFeed() || pageOf()) return;
  history.scrollRestoration = "manual";
  const place = kept();
  if (place && cameBack()) void restore(place);
  window.addEventListener("scroll", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, SOON_MS);
  });
  document.addEventListener("click", keep, { capture: true });
  window.addEventListener("pagehide", keep);
}
