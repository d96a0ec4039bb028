// The keys of a long talk, beside j, k, r, n and ? (feed/keys.ts): q quotes, e edits one's own.
import { addressOf } from "../live/page";
import { wrote } from "../live/mine";
import { mayAct } from "../feed/keys";
import { reading } from "./window";
import { quote } from "./quote";

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-flat] [data-reply]") ?? reading();
}

const ACTS: Record<string, (id: number) => void> = {
  q: (id) => void quote(id),
  e: (id) => wrote(id) && location.assign(`${addressOf(id)}/edit`),
};

export function start(): void {
  document.addEventListener("keydown", (event) => {
    const act = ACTS[event.key];
    const id = Number(current()?.dataset.reply ?? 0);
    if (!act || !id || !mayAct(event)) return;
    event.preventDefault();
    act(id);
  });
}
