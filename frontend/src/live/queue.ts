// The queue of those who look after a network, live, and by keyboard.
//   [data-count="moderation.queue"]    a badge of the shell
//   [data-queue=live]                  the list's first page, asked for again when a case came, was claimed or judged
//   [data-case-now]                    how an open case stands: claimed by a colleague, judged
//   [data-cases]                       a list of cases: j and k go through it
import { hear } from "./hear";
import type { LiveEvent } from "./numbers";
import { badgesOf, count, renewSoon } from "./renewed";

const BADGE = "moderation.queue";
const CASE = "[data-case-now]";
const LIST = '[data-queue="live"]';

function heard(event: LiveEvent): void {
  if (typeof event.waiting === "number") count(BADGE, event.waiting);
  renewSoon(LIST);
  renewSoon(CASE);
}

async function askAgain(event: Event): Promise<void> {
  const { streams } = (event as CustomEvent<{ streams: string[] }>).detail;
  if (!badgesOf(BADGE).length || !streams.some((stream) => stream.startsWith("member:"))) return;
  const answer = await fetch("/moderation/waiting", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) count(BADGE, ((await answer.json()) as { waiting: number }).waiting);
  renewSoon(LIST);
  renewSoon(CASE);
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
