// Replies as they come, each at its place: under the one that it answers, in order of position, once.
//   [data-replies="7"]      the list of a root's replies; [data-children="12"] the list of answers to a reply
//   li[data-position]       a reply; li[data-outbox] the sender's own row, which its answer replaces
import { announce } from "../announce";
import { word } from "../words";
import { hear } from "./hear";
import { mark, me, setWrote } from "./mine";
import type { LiveEvent } from "./numbers";
import { hold, parse, put, reply, words } from "./page";
import { stopped } from "./typing";

const SAY_MS = 2500;
const ECHO_MS = 5000;
let newcomers: string[] = [];
let sayTimer = 0;

const rootOf = (event: LiveEvent): number => Number(event.stream.split(":")[1]);
const positionOf = (element: Element): number => Number((element as HTMLElement).dataset.position ?? Infinity);

function listsOf(root: number): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>(`[data-replies="${root}"]`));
}

/** The list that a reply belongs to; null when its place is not on this page. */
function listFor(root: number, parent: unknown): HTMLElement | null {
  const lists = listsOf(root);
  const flat = lists.find((list) => list.hasAttribute("data-flat"));
  if (flat) return flat.parentElement?.querySelector(":scope > [data-later]") ? null : flat;
  const children = typeof parent === "number" ? document.querySelector<HTMLElement>(`[data-children="${parent}"]`) : null;
  // one level: what answers an answer stands beside it
  const group = children?.parentElement?.closest<HTMLElement>("[data-children]") ?? children;
  if (group && lists.some((list) => list.contains(group))) return group;
  const last = lists.at(-1) ?? null;
  return last?.closest(".reply-page")?.querySelector("[data-later]") ? null : last;
}

/** On a card that shows the newest few, an older one stays behind "See earlier replies". */
function isEarlier(list: HTMLElement, position: number): boolean {
  const first = list.querySelector<HTMLElement>(":scope > [data-position]");
  const earlier = list.closest("[data-contribution], .reply-page")?.querySelector(":scope > .replies-earlier");
  return Boolean(earlier && first && position < positionOf(first));
}

/** Put a reply at its place; false when it is there already or has none here. */
export function insert(root: number, element: HTMLElement): boolean {
  const list = listFor(root, element.dataset.parent ? Number(element.dataset.parent) : null);
  if (!list || document.getElementById(element.id)) return false;
  const position = positionOf(element);
  if (list.dataset.replies && isEarlier(list, position)) return false;
  const next = Array.from(list.children).find((other) => positionOf(other) > position) ?? null;
  hold(() => {
    list.hidden = false;
    put(element, (each) => list.insertBefore(each, next));
  });
  return true;
}

function posted(event: LiveEvent): void {
  const element = parse(event.html);
  const root = rootOf(event);
  if (typeof event.author_name === "string") stopped(root, event.author_name);
  if (!element || reply(event.id)) return;
  if (event.author_id && event.author_id === me()) {
    setWrote(event.id);
    if (listsOf(root).some((list) => list.querySelector("[data-outbox]"))) return later(root, element);
  } else element.classList.add("reply-new");
  if (insert(root, element) && element.classList.contains("reply-new")) say(event.author_name);
}

/** One's own, of which the row still says that it is being sent: its answer puts it there, however late it comes. */
function later(root: number, element: HTMLElement): void {
  const sending = (): boolean => listsOf(root).some((list) => list.querySelector("[data-outbox].is-sending"));
  window.setTimeout(() => void (sending() ? later(root, element) : insert(root, element)), ECHO_MS);
}

/** Say that somebody replied; several within a moment are one sentence. */
export function say(name: unknown): void {
  newcomers.push(typeof name === "string" ? name : "");
  window.clearTimeout(sayTimer);
  sayTimer = window.setTimeout(() => {
    const [only, ...more] = newcomers;
    announce(!more.length && only ? word("replied", { name: only }) : words("new-replies", newcomers.length));
    newcomers = [];
  }, SAY_MS);
}

function edited(event: LiveEvent): void {
  const fresh = parse(event.html);
  const shown = reply(event.id);
  if (!fresh) return removed(event);
  if (!shown) return;
  renew(shown, fresh);
}

/** The newer of two states of a reply stays. */
export function renew(shown: HTMLElement, fresh: HTMLElement): void {
  if (Number(fresh.dataset.version) > Number(shown.dataset.version)) replaceWords(shown, fresh);
}

// The words only: the answers beneath stay as they are.
function replaceWords(shown: HTMLElement, fresh: HTMLElement): void {
  const [before, after] = [shown, fresh].map((each) => each.querySelector<HTMLElement>(":scope > .reply"));
  if (!before || !after) return;
  const inside = before.contains(document.activeElement);
  hold(() => put(after, (each) => before.replaceWith(each)));
  shown.dataset.version = fresh.dataset.version;
  shown.classList.toggle("answer", fresh.classList.contains("answer"));
  mark(shown);
  if (inside) shown.querySelector<HTMLElement>(":scope > .reply :is(a, button)")?.focus({ preventScroll: true });
}

function removed(event: LiveEvent): void {
  const shown = reply(event.id);
  const tombstone = parse(event.html);
  if (shown && tombstone) replaceWords(shown, tombstone);
  else if (shown) takeAway(shown);
}

export function takeAway(shown: HTMLElement): void {
  const list = shown.parentElement;
  hold(() => {
    shown.remove();
    if (list && !list.children.length) list.hidden = true;
  });
}

export function start(): void {
  hear(["reply:posted"], posted);
  hear(["reply:edited"], edited);
  hear(["reply:removed"], removed);
}
