// <textarea data-rich name="text" data-max="20000">: the small editor takes its place at first focus.
// Without scripts the textarea posts plain text under its own name; with the editor the form sends HTML as `html` (or the
// name in data-rich-name) and no plain text. Where there is rich text already, in data-html or as a value that starts
// with "<", the editor is there from the start. The label keeps naming the field.
// A field that was required still is: an empty one stops the form and takes the focus.
// Events on the form's field: `rich:set` (detail {html}) replaces the content, `rich:change` bubbles when it changes.
// Until the editor has come, which may take long on a phone, the field shows the plain words of what was set, and what is
// typed there meanwhile counts: contentOf() has both.
import { announce } from "./announce";
import { each, make, on } from "./dom";
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

export const asHtml = (text: string): string => make("div", {}, text).innerHTML.replace(/\r?\n/g, "<br>");

function asPlain(html: string): string {
  const lines = html.replace(/<br\s*\/?>|<\/(div|p|li|h\d|pre|blockquote)>/gi, "\n$&").replace(/<br[^>]*>/gi, "");
  return (new DOMParser().parseFromString(lines, "text/html").body.textContent ?? "").replace(/\n+$/, "");
}

/** What the page came with, as HTML. */
export function comeWith(area: HTMLTextAreaElement): string {
  const { html, plain } = area.dataset;
  if (html !== undefined && plain === undefined) return html;
  return isHtml(area.defaultValue) ? area.defaultValue : asHtml(area.defaultValue);
}

/** What a plain field stands for, as HTML: what was set, unless somebody changed its words; then those. */
export function contentOf(area: HTMLTextAreaElement): string {
  const { html, plain = "" } = area.dataset;
  if (html === undefined) return isHtml(area.value) ? area.value : asHtml(area.value);
  if (area.value === plain || (area.dataset.plain === undefined && area.value === area.defaultValue)) return html;
  return area.value.startsWith(plain) ? `${html}<div>${asHtml(area.value.slice(plain.length).trimStart())}</div>` : asHtml(area.value);
}

function set(area: HTMLTextAreaElement, html: string): void {
  area.dataset.html = html;
  area.value = area.dataset.plain = asPlain(html);
}

function forget(form: HTMLElement): void {
  for (const area of form.querySelectorAll<HTMLTextAreaElement>("textarea[data-rich][data-plain]")) {
    delete area.dataset.html;
    delete area.dataset.plain;
  }
}

/** What is sent or kept before the editor has come keeps its form too. */
function sendSet(event: FormDataEvent): void {
  for (const area of (event.target as HTMLElement).querySelectorAll<HTMLTextAreaElement>("textarea[data-rich][data-plain]")) {
    event.formData.delete(area.name);
    event.formData.set(area.dataset.richName || "html", contentOf(area));
  }
}

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
    void upgrade(area).catch(() => undefined);
  });
  each("textarea[data-rich]", (element) => {
    const area = element as HTMLTextAreaElement;
    if (area.dataset.html !== undefined || isHtml(area.value)) void upgrade(area).catch(() => undefined);
  });
  document.addEventListener("submit", stopEmpty, { capture: true });
  document.addEventListener("formdata", sendSet);
  document.addEventListener("reset", (event) => forget(event.target as HTMLElement), { capture: true });
  document.addEventListener("rich:set", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    set(event.target, (event as CustomEvent<{ html: string }>).detail.html);
    void upgrade(event.target).catch(() => undefined);
  });
}
