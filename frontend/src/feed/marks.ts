// An address that ends in #reply-7 leads to that reply: brought into the middle, marked, and focused for the keyboard.
import { writingIn } from "../dom";
import { reply } from "../live/page";

function show(): void {
  const id = Number(location.hash.match(/^#reply-(\d+)$/)?.[1] ?? 0);
  const found = id ? reply(id) : null;
  if (!found) return;
  document.querySelectorAll(".reply-marked").forEach((other) => other.classList.remove("reply-marked"));
  found.classList.add("reply-marked");
  // a page that was long on its way: its reader has begun already
  if (writingIn()) return;
  found.tabIndex = -1;
  found.scrollIntoView({ block: "center" });
  found.focus({ preventScroll: true });
}

export function start(): void {
  window.addEventListener("hashchange", show);
  // once the page stands: fonts and pictures above would move it
  if (location.hash.startsWith("#reply-")) {
    if (document.readyState === "complete") show();
    else window.addEventListener("load", show, { once: true });
  }
}
