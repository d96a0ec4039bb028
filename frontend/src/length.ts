// data-max="20000" on a field or its editor: nothing is cut off while one writes; near the limit the page says how much
// is left, over it the form waits and says by how much. The limit counts what a person reads, as the server does.
import { announce } from "./announce";
import { each, make, on } from "./dom";
import { word } from "./words";

const NEAR = 500;

const text = (field: HTMLElement): string =>
  field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field.value : field.innerText;

const left = (field: HTMLElement): number => Number(field.dataset.max) - Array.from(text(field).trim()).length;

function line(field: HTMLElement): HTMLElement {
  const next = field.nextElementSibling;
  if (next instanceof HTMLElement && next.classList.contains("length-left")) return next;
  const made = make("p", { class: "length-left" });
  field.after(made);
  return made;
}

function show(field: HTMLElement): void {
  const count = left(field);
  if (count > NEAR) {
    if (field.nextElementSibling?.classList.contains("length-left")) line(field).textContent = "";
    return;
  }
  const place = line(field);
  place.classList.toggle("length-over", count < 0);
  place.textContent = count < 0 ? word("too-long", { count: -count }) : word("left", { count });
}

/** False, said and shown, when a field of the form is over its limit. */
export function fits(form: HTMLFormElement): boolean {
  const over = Array.from(form.querySelectorAll<HTMLElement>("[data-max]")).find((field) => left(field) < 0);
  if (!over) return true;
  show(over);
  over.focus();
  announce(word("too-long", { count: -left(over) }));
  return false;
}

export function start(): void {
  // the browser would cut off what is pasted over a maxlength
  each("textarea[maxlength]", (field) => {
    field.dataset.max ??= field.getAttribute("maxlength") ?? "";
    field.removeAttribute("maxlength");
  });
  on("input", "[data-max]", (_event, field) => show(field));
  document.addEventListener("rich:change", (event) => {
    if (event.target instanceof HTMLElement && event.target.dataset.max) show(event.target);
  });
  document.addEventListener(
    "submit",
    (event) => {
      if (!(event.target instanceof HTMLFormElement) || fits(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
