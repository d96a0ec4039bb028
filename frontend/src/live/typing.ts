// Who is writing: said under the replies, gone after a few seconds. And the other way: that I am writing.
//   p[data-typing="7"]     the line of a root; form[data-post=reply][data-contribution="7"] is where one writes
import { on } from "../dom";
import { word } from "../words";
import { isFolded } from "./folded";
import { hear } from "./hear";
import { me } from "./mine";
import type { LiveEvent } from "./numbers";
import { hold, words } from "./page";
import { whisper } from "./socket";

const LASTS_MS = 6000;
const EVERY_MS = 3000;
const writers = new Map<number, Map<string, number>>();
let saidAt = 0;

function heard(event: LiveEvent): void {
  const root = Number(event.stream.split(":")[1]);
  if (typeof event.name !== "string" || event.id === me() || isFolded(Number(event.id))) return;
  const names = writers.get(root) ?? new Map<string, number>();
  window.clearTimeout(names.get(event.name));
  names.set(event.name, window.setTimeout(stopped, LASTS_MS, root, event.name));
  writers.set(root, names);
  show(root);
}

/** They have posted, or paused. */
export function stopped(root: number, name: string): void {
  window.clearTimeout(writers.get(root)?.get(name));
  if (writers.get(root)?.delete(name)) show(root);
}

function sentence(names: string[]): string {
  const [first = "", second = ""] = names.map((name) => name.split(" ")[0] ?? name);
  if (names.length === 1) return word("typing-one", { name: first });
  if (names.length === 2) return word("typing-two", { name: first, other: second });
  return words("typing-more", names.length - 1, { name: first });
}

function show(root: number): void {
  const names = Array.from(writers.get(root)?.keys() ?? []);
  for (const line of document.querySelectorAll<HTMLElement>(`[data-typing="${root}"]`))
    hold(() => {
      line.textContent = names.length ? sentence(names) : "";
      line.hidden = !names.length;
    });
}

function typed(form: HTMLElement): void {
  const now = Date.now();
  if (now - saidAt < EVERY_MS || !form.dataset.contribution) return;
  saidAt = now;
  whisper("typing", { stream: `contribution:${form.dataset.contribution}` });
}

export function start(): void {
  hear(["typing"], heard);
  on("input", 'form[data-post="reply"]', (_event, form) => typed(form));
}
