// <textarea data-rich name="text" data-max="20000">: the small editor takes its place at first focus.
// Without scripts the textarea posts plain text under its own name; with the editor the form sends HTML as `html` (or the
// name in data-rich-name) and no plain text. Where there is rich text already, in data-html or as a value that starts
// with "<", the editor is there from the start. The label keeps naming the field.
// A field that was required still is: an empty one stops the form and takes the focus.
// Events on the form's field: `rich:set` (detail {html}) replaces the content, `rich:change` bubbles when it changes.
import { announce } from "./announce";
import { each, on } from "./dom";
import { word } from "./words";

const upgraded = new WeakMap<HTMLTextAreaElement, Promise<HTMLElement>>();

function upgrade(area: HTMLTextAreaElement): Promise<HTMLElement> {
  const known = upgraded.get(area);
  if (known) return known;
  const coming = import("./editor").then((editor) => editor.replace(area));
  // A lost connection leaves the plain field, which works, and the next focus tries again.
  coming.catch(() => upgraded.delete(area));
  upgraded.set(area, coming);
  return coming;
}

/** As the server tells them apart: rich text begins with an element. */
export const isHtml = (text: string): boolean => text.trimStart().startsWith("<");

function stopEmpty(event: SubmitEvent): void {
  const form = event.target as HTMLElement;
  const needed = Array.from(form.querySelectorAll<HTMLElement>('trix-editor[aria-required="true"]'));
  const empty = needed.find((editor) => editor.innerText.trim() === "");
  if (!empty) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  empty.setAttribute("aria-invalid", "true");
  empty.focus();
  announce(word("needed"));
}

export function start(): void {
  on("focusin", "textarea[data-rich]", (_event, element) => {
    const area = element as HTMLTextAreaElement;
    void upgrade(area).then(
      (editor) => (document.activeElement === area || document.activeElement === document.body) && editor.focus(),
      () => undefined,
    );
  });
  each("textarea[data-rich]", (element) => {
    const area = element as HTMLTextAreaElement;
    if (area.dataset.html !== undefined || isHtml(area.value)) void upgrade(area).catch(() => undefined);
  });
  document.addEventListener("submit", stopEmpty, { capture: true });
  document.addEventListener("rich:set", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    event.target.dataset.html = (event as CustomEvent<{ html: string }>).detail.html;
    void upgrade(event.target).catch(() => undefined);
  });
}
