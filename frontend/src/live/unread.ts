// How much of a talk is unread, wherever it is listed or carded; it follows the reader from device to device.
//   [data-unread="7"]     a chip: "5 new"; hidden when there is nothing new
// The numbers come with data.mine (unread: {7: 5}) and with `place:moved` on the member's own stream.
import { each } from "../dom";
import { hear } from "./hear";
import { me } from "./mine";
import type { LiveEvent } from "./numbers";
import { words } from "./page";

const known = new Map<number, number>();

function show(chip: HTMLElement): void {
  const unread = known.get(Number(chip.dataset.unread));
  if (unread === undefined) return;
  chip.hidden = unread <= 0;
  chip.textContent = unread > 0 ? words("unread", unread) : "";
  chip.closest("[data-thread-line]")?.classList.toggle("is-unread", unread > 0);
}

function set(root: number, unread: number): void {
  known.set(root, unread);
  document.querySelectorAll<HTMLElement>(`[data-unread="${root}"]`).forEach(show);
}

function moved(event: LiveEvent): void {
  set(Number(event.root_id), Number(event.unread));
}

function posted(event: LiveEvent): void {
  const root = Number(event.stream.split(":")[1]);
  const unread = known.get(root);
  if (unread !== undefined && event.author_id !== me()) set(root, unread + 1);
}

export function start(): void {
  document.addEventListener("mine:unread", (event) => {
    const { unread } = (event as CustomEvent<{ unread: Record<string, number> }>).detail;
    for (const [root, count] of Object.entries(unread)) set(Number(root), count);
  });
  hear(["place:moved"], moved);
  hear(["reply:posted"], posted);
  each("[data-unread]", show);
}
