// Where a talk opens: at the reply that the address names, else at the first unread one, else at its end. The rest of what
// a talk does is loaded after that.
//   [data-thread="7"]     its page; data-place is the last position read, empty for who was never there
import { each, writingIn } from "../dom";
import { addressOf } from "../live/page";

export const threadOf = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-thread]");

/** The height of what stays on top of the page. */
export function top(): number {
  const bar = document.querySelector<HTMLElement>("[data-thread-bar]");
  const stays = bar && getComputedStyle(bar).position === "sticky";
  return 60 + (stays ? bar.offsetHeight : 0);
}

export function bring(element: Element, below = 16): void {
  window.scrollBy({ top: element.getBoundingClientRect().top - top() - below, behavior: "instant" });
}

/** The last reply of the page, its end just above where one writes. */
export function bringEnd(): void {
  const last = document.querySelector("[data-flat] > :last-child");
  const dock = document.querySelector<HTMLElement>("[data-dock]");
  if (!last) return;
  // where the foot stays while one scrolls
  const foot = window.innerHeight - (dock ? dock.offsetHeight + (parseFloat(getComputedStyle(dock).bottom) || 0) : 0);
  window.scrollBy({ top: last.getBoundingClientRect().bottom - foot + 12, behavior: "instant" });
}

function place(thread: HTMLElement): void {
  const reply = location.hash.match(/^#reply-(\d+)$/)?.[1];
  const at = new URLSearchParams(location.search).get("at");
  const line = thread.querySelector("[data-unread-line]");
  if (reply) return document.getElementById(`reply-${reply}`) ? undefined : location.replace(addressOf(Number(reply)));
  if (location.hash === "#newest") return bringEnd();
  // the script was long on its way: who reads or writes already is left where they are
  if (window.scrollY > 0 || writingIn()) return;
  const asked = at && thread.querySelector(`[data-position="${at}"]`);
  if (asked && !location.hash) return bring(asked);
  if (line) return bring(line, 48);
  const read = thread.dataset.place === thread.dataset.newest && thread.dataset.newest !== "0";
  if (read && !location.hash && !location.search) bringEnd();
}

export function start(): void {
  each("[data-thread]", (thread) => {
    history.scrollRestoration = "manual";
    place(thread);
    void import("./index").then((rest) => rest.start(thread));
  });
}
