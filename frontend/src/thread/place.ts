// Where the reader is: moved forwards as replies are seen, kept on the server, followed by their other devices. Only what
// was seen without a gap counts, so that a jump to the newest leaves what lies between unread.
//   [data-thread] data-place="12"       the last position read; empty for who was never there
//   form[data-mark-read]                all of it was read;  [data-to-unread]  the way to the first unread reply
// "Mark unread from here" (menu) is the one way back: after it nothing on this page moves the place.
import { each, on } from "../dom";
import { hear } from "../live/hear";
import { addressOf, hold } from "../live/page";
import { send } from "../feed/send";
import { csrfToken } from "../server";
import { toast } from "../toast";
import { word } from "../words";
import { atEnd, first, goToPosition, grew, newest } from "./window";

const DWELL_MS = 500;
const SOON_MS = 2500;
const JITTER_MS = 1500;
const LONGEST_MS = 10_000;
const ENOUGH = 0.6;

let root = 0;
let place = 0;
let told = 0;
let resting = false;
let timer = 0;
let waitingSince = 0;
const visible = new Map<HTMLElement, number>();

/** The last position that was read. */
export const placeNow = (): number => place;

const positionOf = (element: HTMLElement): number => Number(element.dataset.position);

function seen(element: HTMLElement): void {
  visible.delete(element);
  if (document.hidden || resting || !element.isConnected || first() > place + 1) return;
  const reached = atEnd() && !element.nextElementSibling?.matches("[data-reply]") ? newest() : Math.min(positionOf(element), newest());
  if (reached <= place) return;
  place = reached;
  show();
  tellSoon();
}

function watch(changes: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting, intersectionRatio, intersectionRect } of changes) {
    const element = target as HTMLElement;
    window.clearTimeout(visible.get(element));
    visible.delete(element);
    if (!isIntersecting || (intersectionRatio < ENOUGH && intersectionRect.height < window.innerHeight / 2)) continue;
    visible.set(element, window.setTimeout(seen, DWELL_MS, element));
  }
}

function tellSoon(): void {
  const now = Date.now();
  waitingSince ||= now;
  window.clearTimeout(timer);
  const wait = Math.max(0, Math.min(SOON_MS + Math.random() * JITTER_MS, waitingSince + LONGEST_MS - now));
  timer = window.setTimeout(tellNow, wait);
}

function tellNow(): void {
  window.clearTimeout(timer);
  waitingSince = 0;
  if (resting || place <= told) return;
  const position = (told = place);
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const body = new URLSearchParams({ position: String(position) });
  fetch(`${addressOf(root)}/place`, { method: "POST", headers, body, keepalive: true }).then(
    (answer) => void (answer.ok || (told = 0)),
    () => void (told = 0),
  );
}

/** What the page says of it: the ways to what is unread. */
function show(): void {
  const unread = newest() > place;
  for (const way of document.querySelectorAll<HTMLElement>("[data-to-unread], form[data-mark-read]")) way.hidden = !unread;
}

async function markRead(form: HTMLFormElement): Promise<void> {
  const said = await send(form.action);
  if (!said.ok) return toast(said.error);
  resting = false;
  place = told = Number(said.position);
  hold(() => document.querySelector("[data-unread-line]")?.remove());
  show();
}

/** Moved on another device, or back on purpose: then nothing on this page moves it any more. */
function moved(position: number, back = false): void {
  if (!back && position <= place) return;
  resting = back;
  place = told = position;
  const line = document.querySelector<HTMLElement>("[data-unread-line]");
  if (line && position > Number(line.dataset.position)) hold(() => line.remove());
  show();
}

async function back(form: HTMLFormElement): Promise<void> {
  const said = await send(form.action);
  if (!said.ok) return toast(said.error);
  moved(Number(said.position), true);
  toast(word("unread-kept"));
}

export function start(thread: HTMLElement): void {
  root = Number(thread.dataset.thread);
  place = told = Number(thread.dataset.place || 0);
  const observer = new IntersectionObserver(watch, { threshold: [0, 0.3, ENOUGH, 1], rootMargin: "-60px 0px 0px 0px" });
  each("[data-flat] > li[data-reply]", (element) => observer.observe(element));
  on("submit", "form[data-mark-read]", (event, form) => {
    event.preventDefault();
    void markRead(form as HTMLFormElement);
  });
  on("submit", ".menu-list form", (event, form) => {
    if (!form.querySelector('[data-act="unread"]')) return;
    event.preventDefault();
    form.closest("details")?.removeAttribute("open");
    void back(form as HTMLFormElement);
  });
  on("click", "a[data-to-unread]", (event) => {
    event.preventDefault();
    void goToPosition(place + 1);
  });
  hear(["place:moved"], (event) => {
    if (event.root_id === root) moved(Number(event.position), event.back === true);
  });
  hear(["reply:posted"], (event) => {
    if (event.stream !== `contribution:${root}`) return;
    grew(Number(event.position));
    show();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return tellNow();
    for (const element of Array.from(document.querySelectorAll<HTMLElement>("[data-flat] > li[data-reply]"))) {
      observer.unobserve(element);
      observer.observe(element);
    }
  });
  window.addEventListener("pagehide", tellNow);
  show();
}
