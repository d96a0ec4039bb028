// Conversations, live: how many wait, and their list where it is shown.
//   [data-count="conversations.index"]      a badge of the shell, under a link to the list
//   [data-conversations=live]               the list's first page, asked for again when something came or was read
import { hear } from "./hear";
import type { LiveEvent } from "./numbers";
import { badgesOf, count, renewSoon } from "./renewed";

const BADGE = "conversations.index";
const LIST = '[data-conversations="live"]';

/** The list's address, from the link that a badge stands in; there is none outside a network. */
const list = (): string => badgesOf(BADGE)[0]?.closest("a")?.getAttribute("href") ?? "";

function heard(event: LiveEvent): void {
  if (typeof event.unread !== "number" || !list().startsWith(`/n/${String(event.network)}/`)) return;
  count(BADGE, event.unread);
  renewSoon(LIST);
}

async function askAgain(event: Event): Promise<void> {
  const { streams } = (event as CustomEvent<{ streams: string[] }>).detail;
  if (!list() || !streams.some((stream) => stream.startsWith("member:"))) return;
  const answer = await fetch(`${list()}unread`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) count(BADGE, ((await answer.json()) as { unread: number }).unread);
  renewSoon(LIST);
}

export function start(): void {
  hear(["conversation:count"], heard);
  document.addEventListener("live:reload", (event) => void askAgain(event));
}
