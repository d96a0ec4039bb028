// Thank you · same here · I learned from this, at one press: shown at once, taken back when the server does not agree.
//   button[form=act][data-react="thanks"][formaction]     on a card or a reply; without scripts the form posts
// Fast presses on one button are sent one after another, and only the last wish counts.
import { on } from "../dom";
import { showCounts } from "../live/counts";
import { setReaction } from "../live/mine";
import { toast } from "../toast";
import { send } from "./send";

const wishes = new Map<string, boolean>();
const busy = new Set<string>();

export const idOf = (button: HTMLElement): number => {
  const around = button.closest<HTMLElement>("[data-reply], [data-contribution]");
  return Number(around?.dataset.reply ?? around?.dataset.contribution ?? 0);
};

function press(button: HTMLButtonElement): void {
  const wish = button.getAttribute("aria-pressed") !== "true";
  setReaction(idOf(button), button.dataset.react ?? "", wish);
  wishes.set(button.formAction, wish);
  void settle(button);
}

async function settle(button: HTMLButtonElement): Promise<void> {
  const [address, id, kind] = [button.formAction, idOf(button), button.dataset.react ?? ""];
  if (busy.has(address)) return;
  busy.add(address);
  while (wishes.has(address)) {
    const wish = wishes.get(address) ?? false;
    wishes.delete(address);
    const said = await send(address, { on: wish ? "1" : "0" });
    if (said.ok) showCounts(id, said.html, said.thanks);
    else if (!wishes.has(address)) {
      setReaction(id, kind, !wish);
      toast(said.error);
    }
  }
  busy.delete(address);
}

export function start(): void {
  on("click", "button[data-react][formaction]", (event, button) => {
    event.preventDefault();
    press(button as HTMLButtonElement);
  });
}
