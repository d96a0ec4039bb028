// Replies that come below what is read wait behind "3 new replies", said once to those who listen; the page stays still.
//   button[data-new-replies]      the pill above where one writes, with [data-new-replies-words]
import { each, on } from "../dom";
import { hear } from "../live/hear";
import { me } from "../live/mine";
import type { LiveEvent } from "../live/numbers";
import { reply, words } from "../live/page";
import { say } from "../live/replies";
import { goTo, goToNewest } from "./window";

const waiting = new Map<number, number>();
let root = 0;
let count = 0;

function show(): void {
  const pill = document.querySelector<HTMLButtonElement>("[data-new-replies]");
  const place = pill?.querySelector("[data-new-replies-words]");
  if (!pill || !place) return;
  pill.hidden = !waiting.size;
  if (waiting.size) place.textContent = words("new-replies", waiting.size);
}

function posted(event: LiveEvent): void {
  if (event.stream !== `contribution:${root}` || !event.html) return;
  counted(1);
  if (event.author_id === me()) return;
  const shown = reply(event.id);
  if (!shown) say(event.author_name);
  if (shown && inSight(shown)) return;
  waiting.set(event.id, Number(event.position));
  show();
}

function inSight(element: HTMLElement): boolean {
  const dock = document.querySelector("[data-dock]")?.getBoundingClientRect().top ?? window.innerHeight;
  const { top, bottom } = element.getBoundingClientRect();
  return !document.hidden && bottom > 60 && top < Math.min(dock, window.innerHeight) - 24;
}

function counted(by: number): void {
  count += by;
  const place = document.querySelector("[data-reply-count]");
  if (place && count > 0) place.textContent = words("reply-count", count);
}

function bring(): void {
  const [id] = Array.from(waiting).sort((one, other) => one[1] - other[1])[0] ?? [];
  waiting.clear();
  show();
  void (id && reply(id) ? goTo(id) : goToNewest());
}

export function start(thread: HTMLElement): void {
  root = Number(thread.dataset.thread);
  count = Number(thread.dataset.count ?? 0);
  hear(["reply:posted"], posted);
  hear(["reply:removed"], (event) => {
    if (event.stream !== `contribution:${root}`) return;
    counted(-1);
    if (waiting.delete(event.id)) show();
  });
  on("click", "[data-new-replies]", bring);
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes)
        if (isIntersecting && !document.hidden && waiting.delete(Number((target as HTMLElement).dataset.reply))) show();
    },
    { threshold: 0.5, rootMargin: "-60px 0px -90px 0px" },
  );
  each("[data-flat] > li[data-reply]", (element) => observer.observe(element));
}
