// A form's content as plain data, for drafts and unsent posts, and back into the form.
// Left out: the CSRF token, files that were not uploaded, and fields marked data-keep-out.

export type Fields = [name: string, value: string][];

/** The same as one object, for JSON. */
export type Packed = Record<string, string[]>;

export function pack(fields: Fields): Packed {
  const packed: Packed = {};
  for (const [name, value] of fields) (packed[name] ??= []).push(value);
  return packed;
}

export const unpack = (packed: Packed): Fields =>
  Object.entries(packed).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));

const OUT = new Set(["csrf_token"]);

export function read(form: HTMLFormElement, submitter?: HTMLElement | null): Fields {
  const found: Fields = [];
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && !OUT.has(name)) found.push([name, value]);
  });
  const { name, value } = (submitter ?? {}) as HTMLButtonElement;
  if (name) found.push([name, value]);
  return found;
}

/** Is there anything in it that a person wrote or added? Choices alone are not, unless the form asks for no words
    (data-post-wordless). */
export function written(form: HTMLFormElement): boolean {
  const wordless = "postWordless" in form.dataset;
  return Array.from(form.elements).some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value.trim() !== "";
    if (!(field instanceof HTMLInputElement)) return false;
    if (field.type === "radio") return wordless && field.checked;
    const counts = field.type === "text" || field.name === "file_keys" || field.id.endsWith("-html");
    return counts && field.value.replace(/<[^>]*>/g, "").trim() !== "";
  });
}

export function write(form: HTMLFormElement, fields: Fields): void {
  for (const element of Array.from(form.elements)) writeOne(element, fields);
  for (const area of form.querySelectorAll<HTMLElement>("textarea[data-rich], trix-editor")) writeRich(area, fields);
  form.dispatchEvent(new CustomEvent("fields:written", { detail: fields, bubbles: true }));
}

function writeOne(element: Element, fields: Fields): void {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement)) return;
  if (element.type === "hidden" || element.type === "file" || element.type === "submit") return;
  const values = fields.filter(([name]) => name === element.name).map(([, value]) => value);
  if (element instanceof HTMLInputElement && (element.type === "radio" || element.type === "checkbox"))
    element.checked = values.includes(element.value);
  else if (values[0] !== undefined) element.value = values[0];
}

function writeRich(area: HTMLElement, fields: Fields): void {
  const hidden = document.getElementById(area.getAttribute("input") ?? "") as HTMLInputElement | null;
  const name = hidden?.name ?? (area.dataset.richName || "html");
  const html = fields.find(([key]) => key === name)?.[1];
  if (html !== undefined) area.dispatchEvent(new CustomEvent("rich:set", { detail: { html }, bubbles: true }));
}
