// A talk that is closed while somebody writes: the box sends nothing any more, and what they wrote stays in it to read and
// to copy. Opened again, they go on. An empty box steps aside.
//   [data-dock] form[data-closed]     with p[data-closed-note]; [data-locked=yes] above hides the ways to reply
import { announce } from "../announce";
import { make, on, textButton } from "../dom";
import { written } from "../fields";
import { hold } from "../live/page";
import { toast } from "../toast";
import { word } from "../words";

const FIELD = "trix-editor, textarea";
const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("[data-dock] form");

async function copy(field: HTMLElement | null): Promise<void> {
  if (!field) return;
  const words = field instanceof HTMLTextAreaElement ? field.value : field.innerText;
  const copied = await navigator.clipboard?.writeText(words.trim()).then(
    () => true,
    () => false,
  );
  if (copied) return toast(word("words-copied"));
  // no clipboard for this page: select it, for the person's own keys
  document.getSelection()?.selectAllChildren(field);
}

function note(box: HTMLFormElement): HTMLElement {
  const pressed = (): void => void copy(box.querySelector<HTMLElement>(FIELD));
  return make("p", { class: "closed-note", "data-closed-note": true }, `${word("closed-kept")} `, textButton(word("copy"), "plain", pressed));
}

function rest(box: HTMLFormElement, closed: boolean): void {
  box.toggleAttribute("data-closed", closed);
  box.querySelector("[data-closed-note]")?.remove();
  for (const field of box.querySelectorAll<HTMLElement>(FIELD)) {
    if (field instanceof HTMLTextAreaElement) field.readOnly = closed;
    else field.contentEditable = closed ? "false" : "true";
  }
  for (const button of box.querySelectorAll<HTMLButtonElement>(".write-end button")) button.disabled = closed;
  if (closed) box.querySelector(".write-box")?.prepend(note(box));
}

/** Close the place to write, or open it again. */
export function closeBox(closed: boolean): void {
  const box = form();
  const card = box?.closest<HTMLElement>(".dock-card");
  if (!box || !card) return;
  const kept = closed && written(box);
  if (kept && !box.hasAttribute("data-closed")) announce(word("closed-kept"));
  hold(() => {
    card.hidden = closed && !kept;
    rest(box, closed);
  });
}

export function start(): void {
  on("submit", "[data-dock] form[data-closed]", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
}
