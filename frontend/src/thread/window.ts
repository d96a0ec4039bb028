// The stretch of replies that the page holds: more of it comes as one nears its ends, a far place replaces it, and a gap
// that was too long to be told is asked for again. What is being read does not move, and a half-written reply stays.
//   [data-window] data-first data-last data-newest      the positions that it covers, and the newest there is
//   [data-earlier], [data-later]                        links to what lies before and after
//   [data-to-unread], [data-to-newest]                  ways through
import { each, on, tell } from "../dom";
import { addressOf, hold, parse, put, reply } from "../live/page";
import { takeAway, renew } from "../live/replies";
import { bring, bringEnd, top } from "./open";

const NEAR = "700px 0px";
let root = 0;
let busy = false;
// Counts the stretches shown: what was asked for beside an earlier one belongs nowhere now.
let stretch = 0;

export const box = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-window]");
const list = (): HTMLElement | null => document.querySelector<HTMLElement>("ol[data-flat]");
const number = (name: string): number => Number(box()?.dataset[name] ?? 0);

/** Above it lie one's own replies that wait and that nobody else sees: no part of what is to be read. */
const UNSEEN_FROM = 1_000_000_000;

export const first = (): number => number("first");
export const newest = (): number => Math.max(number("newest"), number("last"));
/** Whether the page holds the end of the talk. */
export const atEnd = (): boolean => !document.querySelector("[data-window] > [data-later]");

export function grew(position: number): void {
  const held = box();
  if (!held || position >= UNSEEN_FROM) return;
  held.dataset.newest = String(Math.max(newest(), position));
  if (atEnd()) held.dataset.last = held.dataset.newest;
}

const positionOf = (element: Element): number => Number((element as HTMLElement).dataset.position ?? Infinity);

async function ask(query: string): Promise<HTMLElement | null> {
  const answer = await fetch(`${addressOf(root)}/window?${query}`, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
  if (answer?.status === 404) tell(document, "live:lost", { streams: [`contribution:${root}`] });
  return answer?.ok ? parse(await answer.text()) : null;
}

function ways(held: HTMLElement, from: HTMLElement, which: "earlier" | "later"): void {
  held.querySelector(`:scope > [data-${which}]`)?.remove();
  const way = from.querySelector(`:scope > [data-${which}]`);
  if (way && which === "earlier") held.prepend(way);
  else if (way) list()?.after(way);
}

function takeMine(from: HTMLElement): void {
  const block = from.querySelector("data.mine");
  if (block) document.getElementById("main")?.append(block);
}

// Each reply once, at its place; one that is there already stays as it is, or is renewed.
function merge(from: HTMLElement): void {
  const into = list();
  if (!into) return;
  into.hidden = false;
  for (const element of Array.from(from.querySelectorAll<HTMLElement>("[data-flat] > li"))) {
    const shown = element.id === "unread" ? document.querySelector<HTMLElement>("[data-unread-line]") : document.getElementById(element.id);
    if (shown?.matches("[data-reply]")) renew(shown, element);
    else if (!shown) {
      const next = Array.from(into.children).find((other) => positionOf(other) > positionOf(element)) ?? null;
      put(element, (each) => into.insertBefore(each, next));
    }
  }
}

async function more(which: "earlier" | "later"): Promise<boolean> {
  if (busy) return false;
  busy = true;
  const beside = stretch;
  const from = await ask(which === "earlier" ? `before=${first()}` : `after=${number("last")}`);
  const held = beside === stretch ? box() : null;
  if (from && held)
    hold(() => {
      merge(from);
      ways(held, from, which);
      if (which === "earlier") held.dataset.first = from.dataset.first;
      else held.dataset.last = from.dataset.last;
      takeMine(from);
    });
  busy = false;
  if (from && held) tell(document, "thread:window");
  return Boolean(from && held);
}

/** Show the stretch around a position in place of what is shown; unsent rows stay. */
async function show(position: number): Promise<boolean> {
  const from = await ask(`at=${position}`);
  const held = box();
  if (!from || !held) return false;
  stretch += 1;
  const fresh = new Set(Array.from(from.querySelectorAll("[data-flat] > li[id]"), (element) => element.id));
  for (const old of Array.from(list()?.children ?? [])) if (!fresh.has(old.id) && !old.matches("[data-outbox]")) old.remove();
  merge(from);
  for (const which of ["earlier", "later"] as const) ways(held, from, which);
  Object.assign(held.dataset, { first: from.dataset.first, last: from.dataset.last, newest: from.dataset.newest });
  takeMine(from);
  tell(document, "thread:window");
  return true;
}

function mark(element: HTMLElement): void {
  document.querySelectorAll(".reply-marked").forEach((other) => other.classList.remove("reply-marked"));
  element.classList.add("reply-marked");
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Go to a reply, wherever it is in the talk. */
export async function goTo(id: number): Promise<void> {
  if (id === root) return void document.getElementById(`c-${id}`)?.scrollIntoView({ block: "start" });
  if (!reply(id)) {
    const answer = await fetch(addressOf(id), { method: "HEAD" }).catch(() => null);
    const at = answer?.ok ? new URL(answer.url).searchParams.get("at") : null;
    if (!at || !(await show(Number(at)))) return location.assign(addressOf(id));
  }
  const found = reply(id);
  if (!found) return;
  bring(found, 24);
  mark(found);
}

export async function goToPosition(position: number): Promise<void> {
  const shown = (): HTMLElement | undefined =>
    Array.from(list()?.querySelectorAll<HTMLElement>("[data-reply]") ?? []).find((each) => positionOf(each) >= position);
  if (position < first() || position > number("last")) await show(position);
  const found = shown();
  if (!found) return bringEnd();
  const line = found.previousElementSibling;
  bring(line?.matches("[data-unread-line]") ? line : found, 24);
  mark(found);
}

export async function goToNewest(): Promise<void> {
  if (!atEnd()) await show(newest());
  bringEnd();
  const last = list()?.querySelector<HTMLElement>(":scope > [data-reply]:last-of-type");
  if (last) mark(last);
}

/** The reply under the reader's eyes. */
export function reading(): HTMLElement | null {
  const all = Array.from(list()?.querySelectorAll<HTMLElement>(":scope > [data-reply]") ?? []);
  return all.find((each) => each.getBoundingClientRect().bottom > top() + 8) ?? all.at(-1) ?? null;
}

// Too much was missed: the stretch around what is read is asked for again; the rest comes when one goes there.
async function again(): Promise<void> {
  const read = reading();
  const from = await ask(`at=${read ? positionOf(read) : 0}`);
  const held = box();
  if (!from || !held) return;
  stretch += 1;
  const [low, high] = [Number(from.dataset.first), Number(from.dataset.last)];
  const fresh = new Set(Array.from(from.querySelectorAll("[data-flat] > [data-reply]"), (element) => element.id));
  hold(() => {
    for (const old of Array.from(list()?.querySelectorAll<HTMLElement>(":scope > [data-reply]") ?? []))
      if (!fresh.has(old.id) && (positionOf(old) < low || positionOf(old) > high || read !== old)) takeAway(old);
    merge(from);
    for (const which of ["earlier", "later"] as const) ways(held, from, which);
    Object.assign(held.dataset, { first: String(low), last: String(high), newest: from.dataset.newest });
    takeMine(from);
  });
  tell(document, "thread:window");
}

function nearEnds(): void {
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes)
        if (isIntersecting && target.isConnected) void more(target.matches("[data-earlier]") ? "earlier" : "later");
    },
    { rootMargin: NEAR },
  );
  each("[data-window] > [data-earlier], [data-window] > [data-later]", (way) => observer.observe(way));
}

/** The real reply may be taller than the row that stood for it: none of it stays behind the foot. */
function clear(id: number): void {
  const own = reply(id);
  const dock = document.querySelector("[data-dock]")?.getBoundingClientRect();
  if (own && dock && own === list()?.lastElementChild && own.getBoundingClientRect().bottom > dock.top) bringEnd();
}

const plain = (event: MouseEvent): boolean => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;

export function start(thread: HTMLElement): void {
  root = Number(thread.dataset.thread);
  nearEnds();
  on("click", "[data-window] > :is([data-earlier], [data-later]) a", (event, link) => {
    if (!plain(event)) return;
    event.preventDefault();
    void more(link.closest("[data-earlier]") ? "earlier" : "later");
  });
  on("click", "a[data-jump]", (event, link) => {
    if (!plain(event) || !link.closest("[data-thread]")) return;
    event.preventDefault();
    void goTo(Number(link.dataset.jump));
  });
  on("click", "a[data-to-newest]", (event) => {
    event.preventDefault();
    void goToNewest();
  });
  // one's own row stands at the end: go along
  on("submit", 'form[data-post="reply"]', () => window.setTimeout(() => document.querySelector("[data-flat] > [data-outbox]") && bringEnd()));
  document.addEventListener("outbox:sent", (event) => {
    const { id, post } = (event as CustomEvent<{ id?: number; post: string }>).detail;
    if (post !== "reply" || !id) return;
    if (atEnd()) return void requestAnimationFrame(() => clear(id));
    reply(id)?.remove();
    void goTo(id);
  });
  document.addEventListener("live:reload", (event) => {
    if ((event as CustomEvent<{ streams: string[] }>).detail.streams.includes(`contribution:${root}`)) void again();
  });
  if (!list()?.querySelector("[data-reply]")) each("[data-flat] > li", () => document.querySelector<HTMLElement>("[data-none]")?.setAttribute("hidden", ""));
  thread.dataset.ready = "yes";
}

