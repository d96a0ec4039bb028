// Cards as they change: edited in place, taken away when removed. The parts that a person may be in the middle of (the
// buttons, the replies, the place to write) are left alone.
import { announce } from "../announce";
import { tell } from "../dom";
import { process } from "../htmx";
import { word } from "../words";
import { hear } from "./hear";
import { mark } from "./mine";
import type { LiveEvent } from "./numbers";
import { card, hold, pageOf, parse } from "./page";
import * as pill from "./pill";

const PARTS = [".in", ".sum"];

const versionOf = (element: HTMLElement): number => Number(element.dataset.version ?? 0);

/** Put what is new of `fresh` into `shown`, keeping the focus where it was. */
export function renew(shown: HTMLElement, fresh: HTMLElement): void {
  if (versionOf(fresh) < versionOf(shown)) return;
  const focus = keepFocus(shown);
  for (const part of PARTS) {
    const [before, after] = [shown, fresh].map((each) => each.querySelector<HTMLElement>(`:scope > ${part}`));
    if (!before || !after) continue;
    before.replaceWith(after);
    process(after);
  }
  shown.dataset.version = fresh.dataset.version;
  const write = shown.querySelector<HTMLElement>(":scope > [data-write]");
  if (write && !fresh.querySelector("[data-write]") && !write.querySelector("form")) write.remove();
  mark(shown);
  focus();
}

function keepFocus(shown: HTMLElement): () => void {
  const focused = document.activeElement;
  const part = PARTS.find((name) => focused?.closest(name)?.parentElement === shown);
  if (!part) return () => undefined;
  const among = (): HTMLElement[] => Array.from(shown.querySelectorAll<HTMLElement>(`:scope > ${part} :is(a, button, summary)`));
  const place = among().indexOf(focused as HTMLElement);
  return () => (among()[place] ?? shown).focus({ preventScroll: true });
}

function changed(event: LiveEvent): void {
  const fresh = parse(event.html);
  if (!fresh) return removed(event);
  pill.replace(event.id, fresh);
  const shown = card(event.id);
  if (shown) hold(() => renew(shown, fresh));
}

function removed(event: LiveEvent): void {
  pill.drop(event.id);
  const shown = card(event.id);
  if (pageOf() === event.id) return void tell(document, "live:reload", { streams: [`contribution:${event.id}`] });
  if (!shown) return;
  const inside = shown.contains(document.activeElement);
  const next = (shown.nextElementSibling ?? shown.previousElementSibling) as HTMLElement | null;
  hold(() => shown.remove());
  if (inside) next?.focus({ preventScroll: true });
  if (inside) announce(word("post-gone"));
}

export function start(): void {
  hear(["contribution:edited", "contribution:changed"], changed);
  hear(["contribution:removed"], removed);
}
