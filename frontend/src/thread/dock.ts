// The foot of a talk: one line until somebody writes there, and again once it is empty and left.
//   [data-dock] form.is-open
import { on } from "../dom";
import { written } from "../fields";

const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("[data-dock] form");

function left(target: EventTarget | null): void {
  const open = form();
  if (!open || (target instanceof Node && open.contains(target)) || written(open)) return;
  open.classList.remove("is-open");
}

/** A press beside the field leaves the focus where it is: on a phone the foot moves as the focus comes or goes, away from
    under the finger, and the press would come to nothing. */
function keepFocus(event: Event): void {
  if (event.target instanceof Element && event.target.closest("label, .write-end")) event.preventDefault();
}

export function start(): void {
  on("mousedown", "[data-dock] form", keepFocus);
  on("focusin", "[data-dock] form", (_event, element) => element.classList.add("is-open"));
  // once the press is over, for the same reason
  document.addEventListener("click", (event) => left(event.target));
  // by the keyboard; a press on what takes no focus, such as a label, moves it too
  document.addEventListener("keyup", (event) => event.key === "Tab" && left(document.activeElement));
}
