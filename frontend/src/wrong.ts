// What a refused form needs another look at, beside the fields, as the server shows it without scripts.
import { icon, make } from "./dom";

const made = (form: HTMLElement): NodeListOf<HTMLElement> => form.querySelectorAll<HTMLElement>("[data-wrong]");

export function clear(form: HTMLFormElement): void {
  made(form).forEach((line) => line.remove());
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function fieldOf(form: HTMLFormElement, name: string): HTMLElement | null {
  const named = form.elements.namedItem(name);
  const first = named instanceof RadioNodeList ? (named[0] as HTMLElement) : (named as HTMLElement | null);
  if (first && !(first instanceof HTMLInputElement && first.type === "hidden")) return first;
  return form.querySelector<HTMLElement>(`#${CSS.escape(name)}`);
}

function show(form: HTMLFormElement, name: string, said: string[]): HTMLElement | null {
  const field = fieldOf(form, name);
  const place = field?.closest<HTMLElement>(".field, fieldset");
  if (!field || !place) return null;
  const line = make("p", { class: "error", id: `${name}-error`, "data-wrong": true }, icon("alert"), make("span", {}, said.join(" ")));
  place.append(line);
  field.closest("details")?.setAttribute("open", "");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", line.id);
  return field;
}

/** `body` is JSON with `fields: {name: [sentence]}`; the first of them takes the focus. */
export function tellWrong(form: HTMLFormElement, body: string): void {
  clear(form);
  let fields: Record<string, string[]> = {};
  try {
    fields = (JSON.parse(body) as { fields?: Record<string, string[]> }).fields ?? {};
  } catch {
    return;
  }
  const found = Object.entries(fields).map(([name, said]) => show(form, name, said));
  found.find(Boolean)?.focus();
}
