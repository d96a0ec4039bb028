// Conversations, live: how many wait, and their list where it is shown.
//   [data-count="conversations.index"]      a badge of the shell, under a link to the list
//   [data-conversations=live]               the list's first page, asked for again when something came or was read
import { process } from "../htmx";
import { hear } from "./hear";
import type { LiveEvent } from "./numbers";
import { hold, parse } from "./page";

const SOON_MS = 300;
let timer = 0;

const badges = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>('[data-count="conversations.index"]'));

/** The list's address, from the link that a badge stands in; there is none outside a network. */
const list = (): string => badges()[0]?.closest("a")?.getAttribute("href") ?? "";

function show(unread: number): void {
  for (const badge of badges()) {
    badge.hidden = unread === 0;
    for (const part of badge.children)
      part.textContent = (part.textContent ?? "").replace(/\d+\+?/, unread < 100 ? String(unread) : "99+");
  }
}

async function renew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const shown = document.querySelector<HTMLElement>('[data-conversations="live"]');
  if (!answer?.ok || !shown) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = parse(page.querySelector('[data-conversations="live"]')?.outerHTML);
  if (!fresh) return;
  const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  hold(() => shown.replaceWith(fresh));
  process(fresh);
  if (focused) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function soon(): void {
  if (!document.querySelector('[data-conversations="live"]')) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => void renew(), SOON_MS);
}

function heard(event: LiveEvent): void {
  if (typeof event.unread !== "number" || !list().startsWith(`/n/${String(event.network)}/`)) return;
  show(event.unread);
  soon();
}

async function askAgain(event: Event): Promise<void> {
  const { streams } = (event as CustomEvent<{ streams: string[] }>).detail;
  if (!list() || !streams.some((stream) => stream.startsWith("member:"))) return;
  const answer = await fetch(`${list()}unread`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) show(((await answer.json()) as { unread: number }).unread);
  soon();
}

export function start(): void {
  hear(["conversation:count"], heard);
  document.addEventListener("live:reload", (event) => void askAgain(event));
}
