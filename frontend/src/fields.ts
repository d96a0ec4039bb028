// A form's content as plain data, for drafts and unsent posts, and back into the form.
// Left out: the CSRF token, the draft's name, files that were not uploaded, and fields marked data-keep-out.
import { asHtml, contentOf, isHtml } from "./rich";

export type Fields = [name: string, value: string][];

/** The same as one object, for JSON. */
export type Packed = Record<string, string[]>;

export function pack(fields: Fields): Packed {
  const packed: Packed = {};
  for (const [name, value] of fields) (packed[name] ??= []).push(value);
  return packed;
}

/** In whatever order their fields come: a database may have put them into its own. */
export function same(one: Packed | null, other: Packed | null): boolean {
  const [here, there] = [one, other].map((packed) => packed && JSON.stringify(Object.entries(packed).sort(([a], [b]) => (a < b ? -1 : 1))));
  return here === there;
}

export const unpack = (packed: Packed): Fields =>
  Object.entries(packed).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));

const OUT = new Set(["csrf_token", "draft"]);

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

/** Shall it go without a name? Then nothing of it leaves this device before it is posted. */
export const unnamed = (form: HTMLFormElement): boolean => form.querySelector<HTMLInputElement>("input[name=sealed]")?.checked ?? false;

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
  const said = (key: string): string | undefined => fields.find(([each]) => each === key)?.[1];
  // kept, or sent, before the editor had come
  const plain = said(area.dataset.plainName ?? "");
  const html = said(name) ?? (plain === undefined ? undefined : asHtml(plain));
  if (html !== undefined) area.dispatchEvent(new CustomEvent("rich:set", { detail: { html }, bubbles: true }));
}

type Typed = [field: HTMLInputElement | HTMLTextAreaElement, words: string];

/** The words in a form that it did not come with: typed before a script had come, carried along, or begun since. */
export function typedIn(form: HTMLFormElement): Typed[] {
  const found: Typed[] = [];
  for (const field of Array.from(form.elements)) {
    if (field instanceof HTMLTextAreaElement) {
      if (field.value.trim() && field.value !== field.defaultValue) found.push([field, field.matches("[data-rich]") ? contentOf(field) : field.value]);
    } else if (!(field instanceof HTMLInputElement)) continue;
    else if (field.id.endsWith("-html")) {
      // what the page came with stands in it too, as the editor writes it
      if (field.value !== field.dataset.came && field.value.replace(/<[^>]*>/g, "").trim()) found.push([field, field.value]);
    } else if (field.type === "text" && field.name !== "file_alts" && field.value.trim() && field.value !== field.defaultValue) found.push([field, field.value]);
  }
  return found;
}

/** Put words behind those that stand in their field now; false when they are among them. */
function putBehind([field, words]: Typed): boolean {
  const editor = field.type === "hidden" ? document.querySelector<HTMLElement>(`trix-editor[input="${CSS.escape(field.id)}"]`) : null;
  const rich = editor ?? (field.matches("textarea[data-rich]") ? field : null);
  const now = field instanceof HTMLTextAreaElement && rich ? contentOf(field) : field.value;
  if (now.includes(words)) return false;
  const html = [now, words].map((each) => (!each || isHtml(each) ? each : `<div>${each}</div>`)).join("");
  if (rich) rich.dispatchEvent(new CustomEvent("rich:set", { detail: { html }, bubbles: true }));
  else field.value = [now, words].filter((each) => each.trim()).join(field instanceof HTMLTextAreaElement ? "\n" : " ");
  return true;
}

/** Write, and keep what somebody has typed or added meanwhile. True when there was something to keep. */
export function writeBeside(form: HTMLFormElement, fields: Fields): boolean {
  const now = pack(read(form));
  const known = pack(fields).file_keys ?? [];
  const files = ["file_keys", "file_names", "file_alts"].flatMap((name) =>
    (now[name] ?? []).filter((_value, at) => !known.includes(now.file_keys?.[at] ?? "")).map((value): [string, string] => [name, value]),
  );
  const typed = typedIn(form);
  write(form, [...fields, ...files]);
  return typed.map(putBehind).some(Boolean);
}
