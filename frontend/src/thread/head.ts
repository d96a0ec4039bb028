// What stands above the replies, asked for again when it changed: the opening, the summary, whether it is closed.
import { announce } from "../announce";
import { make } from "../dom";
import { process } from "../htmx";
import { hear } from "../live/hear";
import type { LiveEvent } from "../live/numbers";
import { addressOf, hold, parse } from "../live/page";
import { word } from "../words";
import { closeBox } from "./closing";

const SOON_MS = 250;
let root = 0;
let timer = 0;

async function renew(): Promise<void> {
  const answer = await fetch(`${addressOf(root)}/head`, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
  const fresh = answer?.ok ? parse(await answer.text()) : null;
  const shown = document.querySelector<HTMLElement>("[data-thread-head]");
  if (!fresh || !shown) return;
  const before = { ...shown.dataset };
  // a menu that is open stays; what the page goes by is of now
  if (shown.querySelector("details[open]")) Object.assign(shown.dataset, { ...fresh.dataset });
  else {
    hold(() => shown.replaceWith(fresh));
    process(fresh);
  }
  if (fresh.dataset.in !== before.in) follow(fresh);
  if (document.querySelector("[data-dock] .dock-card")) closeBox(fresh.dataset.locked === "yes");
  else if (fresh.dataset.locked === "no" && before.locked === "yes") location.reload();
}

/** It was moved to another space, and its reader may still see it. */
function follow(fresh: HTMLElement): void {
  const { inName = "", inAddress = "" } = fresh.dataset;
  const way = document.querySelector<HTMLAnchorElement>(".back a");
  const name = way?.querySelector("span");
  if (way && name) {
    way.setAttribute("href", inAddress);
    // not the page that came before
    way.removeAttribute("data-back");
    name.textContent = inName;
  }
  const said = word("moved-to", { name: inName });
  hold(() => {
    document.querySelector("[data-moved]")?.remove();
    document.querySelector("[data-thread-bar]")?.before(make("p", { class: "banner banner-info", "data-moved": true }, said));
  });
  announce(said);
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
