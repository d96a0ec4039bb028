// What stands above the replies, asked for again when it changed: the opening, the summary, whether it is closed.
import { process } from "../htmx";
import { hear } from "../live/hear";
import type { LiveEvent } from "../live/numbers";
import { addressOf, hold, parse } from "../live/page";

const SOON_MS = 250;
let root = 0;
let timer = 0;

async function renew(): Promise<void> {
  const answer = await fetch(`${addressOf(root)}/head`, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
  const fresh = answer?.ok ? parse(await answer.text()) : null;
  const shown = document.querySelector<HTMLElement>("[data-thread-head]");
  if (!fresh || !shown || shown.querySelector("details[open]")) return;
  hold(() => shown.replaceWith(fresh));
  process(fresh);
  const dock = document.querySelector<HTMLElement>("[data-dock] .dock-card");
  if (dock) dock.hidden = fresh.dataset.locked === "yes";
  else if (fresh.dataset.locked === "no" && shown.dataset.locked === "yes") location.reload();
}

function soon(event: LiveEvent): void {
  if (event.stream !== `contribution:${root}` || (event.event !== "access:changed" && event.id !== root)) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void renew(), SOON_MS);
}

export function start(thread: HTMLElement): void {
  root = Number(thread.dataset.thread);
  hear(["contribution:edited", "contribution:changed", "contribution:removed", "access:changed"], soon);
  document.addEventListener("live:reload", () => void renew());
}
