// The queue of those who look after a network, live, and by keyboard.
//   [data-count="moderation.queue"]    a badge of the shell
//   [data-queue=live]                  the list's first page, asked for again when a case came, was claimed or judged
//   [data-cases]                       a list of cases: j and k go through it
import { process } from "../htmx";
import { hear } from "./hear";
import type { LiveEvent } from "./numbers";
import { hold, parse } from "./page";

const SOON_MS = 300;
let timer = 0;

function show(waiting: unknown): void {
  if (typeof waiting !== "number") return;
  for (const badge of document.querySelectorAll<HTMLElement>('[data-count="moderation.queue"]')) {
    badge.hidden = waiting === 0;
    for (const part of badge.children)
      part.textContent = (part.textContent ?? "").replace(/\d+\+?/, waiting < 100 ? String(waiting) : "99+");
  }
}

async function renew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const shown = document.querySelector<HTMLElement>('[data-queue="live"]');
  if (!answer?.ok || !shown) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = parse(page.querySelector('[data-queue="live"]')?.outerHTML);
  if (!fresh) return;
  const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  hold(() => shown.replaceWith(fresh));
  process(fresh);
  if (focused) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function soon(): void {
  if (!document.querySelector('[data-queue="live"]')) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => void renew(), SOON_MS);
}

function heard(event: LiveEvent): void {
  show(event.waiting);
  soon();
}

async function askAgain(event: Event): Promise<void> {
  const { streams } = (event as CustomEvent<{ streams: string[] }>).detail;
  if (!document.querySelector('[data-count="moderation.queue"]')) return;
  if (!streams.some((stream) => stream.startsWith("member:"))) return;
  const answer = await fetch("/moderation/waiting", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) show(((await answer.json()) as { waiting: number }).waiting);
  soon();
}

/** j and k go from case to case; nothing is caught while somebody writes. */
function key(event: KeyboardEvent): void {
  if ((event.key !== "j" && event.key !== "k") || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as HTMLElement).closest("input, textarea, select, [contenteditable]")) return;
  const cases = Array.from(document.querySelectorAll<HTMLElement>("[data-cases] > li > a"));
  if (!cases.length) return;
  const at = cases.indexOf(document.activeElement as HTMLElement);
  const next = event.key === "j" ? Math.min(at + 1, cases.length - 1) : Math.max(at - 1, 0);
  cases[next]?.focus();
  event.preventDefault();
}

export function start(): void {
  hear(["moderation:count"], heard);
  document.addEventListener("live:reload", (event) => void askAgain(event));
  document.addEventListener("keydown", key);
}
