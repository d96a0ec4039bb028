// A contribution's page that somebody looks at has been seen, with each reply that comes while they look: the bell's lines
// about it are read. Nobody else learns of it.
import { each } from "../dom";
import { csrfToken } from "../server";
import { hear } from "./hear";
import { addressOf, pageOf } from "./page";

const SOON_MS = 1500;
let timer = 0;
let due = false;

function seeSoon(): void {
  due = true;
  window.clearTimeout(timer);
  if (!document.hidden && pageOf()) timer = window.setTimeout(see, SOON_MS);
}

function see(): void {
  due = false;
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  void fetch(`${addressOf(pageOf())}/seen`, { method: "POST", headers }).catch(() => (due = true));
}

/** A page of a group says where it tells that it was seen: `data-seen`. */
function seeGroup(place: HTMLElement): void {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const tell = (): void => void fetch(place.dataset.seen ?? "", { method: "POST", headers }).catch(() => undefined);
  window.setTimeout(() => document.hidden || tell(), SOON_MS);
}

export function start(): void {
  each("[data-page]", seeSoon);
  each("[data-seen]", seeGroup);
  hear(["reply:posted", "reaction:changed", "contribution:changed"], (event) => {
    if (event.stream === `contribution:${pageOf()}`) seeSoon();
  });
  document.addEventListener("visibilitychange", () => due && seeSoon());
}
