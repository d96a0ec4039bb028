// Before it goes out: what looks like a student's is pointed out under the editor, after a pause, and its author decides.
// It concerns every form of a network's page in which somebody writes at length. The server finds and words it
// (POST /n/<network>/look); nothing is kept there. "It is fine, keep it" goes along as the field privacy_kept.
//   [data-finding]   a finding of the server's list; data-out is what "Take it out" takes, data-kind says what stands instead
// Event `privacy:asked` {html} on a form: the server has asked as it was sent; the box shows what it found.
import { announce } from "./announce";
import { make } from "./dom";
import { csrfToken } from "./server";
import { word } from "./words";

const PAUSE_MS = 1200;
// no faster than the server answers one person
const BETWEEN_MS = 2200;
// while writing; all of it is looked at as it is sent
const LETTERS = 20_000;
const READING_MS = 3000;
const LOOKS_AT_A_FILE = 6;
const WRITES = /\/n\/[^/]+\/(c\/|share\/|threads\/|library\/|conversations\/)/;

interface Said {
  html: string;
  waiting: boolean;
}

interface Editor extends HTMLElement {
  editor?: {
    getDocument: () => { toString: () => string };
    setSelectedRange: (range: [number, number]) => void;
    insertString: (text: string) => void;
  };
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const network = (): string => /^\/n\/[^/]+/.exec(location.pathname)?.[0] ?? "";
const keptIn = (form: HTMLFormElement): string[] =>
  Array.from(form.querySelectorAll<HTMLInputElement>('input[name="privacy_kept"]'), (field) => field.value);

class Watch {
  private timer = 0;
  private last = "";
  private looks = 0;
  private looked = 0;
  private told = new Set<string>();

  constructor(private readonly form: HTMLFormElement) {
    form.addEventListener("privacy:asked", (event) => this.show((event as CustomEvent<Said>).detail.html));
    for (const over of ["draft:done", "reset"]) form.addEventListener(over, () => this.forget());
  }

  soon(wait = PAUSE_MS): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), wait);
  }

  private async look(): Promise<void> {
    const early = this.looked + BETWEEN_MS - performance.now();
    if (this.looked && early > 0) return this.soon(early);
    const asked = { text: this.words().slice(0, LETTERS), file_keys: this.files() };
    const body = JSON.stringify(asked);
    if (!this.form.isConnected || body === this.last) return;
    this.last = body;
    if (!asked.text.trim() && !asked.file_keys.length) return this.show("");
    this.looked = performance.now();
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    const answer = await fetch(`${network()}/look`, { method: "POST", headers, body }).catch(() => null);
    // what was written since is looked at in its turn
    if (!answer?.ok || body !== this.last) return;
    const said = (await answer.json()) as Said;
    this.show(said.html);
    if (!said.waiting || (this.looks += 1) > LOOKS_AT_A_FILE) return;
    this.last = "";
    this.soon(READING_MS);
  }

  private editors(): HTMLElement[] {
    return Array.from(this.form.querySelectorAll<HTMLElement>("trix-editor, textarea, input[type=text], input:not([type])"));
  }

  private words(): string {
    const said = (field: HTMLElement) => (field.matches("trix-editor") ? field.innerText : (field as Field).value);
    return this.editors().map(said).filter(Boolean).join("\n");
  }

  private files(): string[] {
    return Array.from(this.form.querySelectorAll<HTMLInputElement>('input[name="file_keys"]:not([type=checkbox])'), (field) => field.value);
  }

  /** The box under the editor; without a finding that waits for its author there is none. */
  private show(html: string): void {
    const list = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>(".findings");
    const kept = new Set(keptIn(this.form));
    for (const item of list?.querySelectorAll<HTMLElement>("[data-finding]") ?? [])
      if (kept.has(item.dataset.finding ?? "")) item.remove();
      else item.append(this.buttons(item));
    const box = this.form.querySelector<HTMLElement>("[data-privacy]");
    if (!list?.children.length) return box?.remove();
    const fresh = this.box(list);
    if (box) box.replaceWith(fresh);
    else this.under().after(fresh);
    this.tell(list);
  }

  private box(list: HTMLElement): HTMLElement {
    const said = { class: "privacy-box", role: "group", "aria-label": word("privacy-title"), "data-privacy": true };
    const hint = make("p", { class: "hint" }, this.isRead(list) ? word("privacy-read") : word("privacy-hint"));
    return make("div", said, make("p", { class: "privacy-title" }, word("privacy-title")), document.importNode(list, true), hint);
  }

  /** Whether a facilitator reads what is kept, before others see it: never in conversations, nor for a watched word alone. */
  private isRead(list: HTMLElement): boolean {
    const kinds = Array.from(list.querySelectorAll<HTMLElement>("[data-finding]"), (item) => item.dataset.kind);
    return !/\/conversations\//.test(this.form.action + location.pathname) && kinds.some((kind) => kind !== "watched");
  }

  private under(): HTMLElement {
    const field = this.form.querySelector<HTMLElement>("trix-editor, textarea") ?? this.form;
    const next = field.nextElementSibling;
    return next instanceof HTMLElement && next.classList.contains("length-left") ? next : field;
  }

  private buttons(item: HTMLElement): HTMLElement {
    const row = make("span", { class: "privacy-buttons" });
    if (item.dataset.out) row.append(make("button", { type: "button", class: "button button-plain button-small", "data-take-out": true }, word("privacy-out")));
    row.append(make("button", { type: "button", class: "button button-quiet button-small", "data-keep": true }, word("privacy-keep")));
    return row;
  }

  /** A screen reader hears of each finding once. */
  private tell(list: HTMLElement): void {
    const fresh = Array.from(list.querySelectorAll<HTMLElement>("[data-finding]")).filter(
      (item) => !this.told.has(item.dataset.finding ?? ""),
    );
    for (const item of fresh) this.told.add(item.dataset.finding ?? "");
    if (fresh.length) announce(`${word("privacy-title")}: ${fresh[0]?.querySelector("p")?.textContent ?? ""}`);
  }

  keep(item: HTMLElement): void {
    this.form.append(make("input", { type: "hidden", name: "privacy_kept", value: item.dataset.finding ?? "" }));
    this.leave(item);
  }

  takeOut(item: HTMLElement): void {
    const out = item.dataset.out ?? "";
    const instead = item.dataset.kind === "score" ? word("privacy-student") : "";
    const field = this.editors().find((each) => taken(each, out, instead));
    if (!field) return;
    this.leave(item);
    field.focus();
    this.soon();
  }

  private leave(item: HTMLElement): void {
    const box = item.closest<HTMLElement>("[data-privacy]");
    item.remove();
    if (box?.querySelector("[data-finding]")) return box.querySelector<HTMLElement>("button")?.focus();
    box?.remove();
    this.form.querySelector<HTMLElement>("trix-editor, textarea")?.focus();
  }

  private forget(): void {
    window.clearTimeout(this.timer);
    this.last = "";
    this.looks = 0;
    this.told.clear();
    this.form.querySelectorAll('input[name="privacy_kept"], [data-privacy]').forEach((element) => element.remove());
  }
}

/** Put something else in the place of these words; false where the field does not have them. */
function taken(field: HTMLElement, out: string, instead: string): boolean {
  const { editor } = field as Editor;
  const text = editor ? editor.getDocument().toString() : ((field as Field).value ?? "");
  const start = text.indexOf(out);
  if (start < 0) return false;
  const begins = /(^|[.!?\n]\s*)$/.test(text.slice(0, start));
  const said = begins ? instead.charAt(0).toLocaleUpperCase() + instead.slice(1) : instead;
  if (editor) {
    editor.setSelectedRange([start, start + out.length]);
    editor.insertString(said);
  } else {
    (field as Field).setRangeText(said, start, start + out.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

const watches = new WeakMap<HTMLFormElement, Watch>();

function watch(target: EventTarget | null): Watch | null {
  const form = target instanceof HTMLElement ? target.closest("form") : null;
  if (!form || !network() || !WRITES.test(form.action) || !form.querySelector("trix-editor, textarea")) return null;
  const known = watches.get(form) ?? new Watch(form);
  watches.set(form, known);
  return known;
}

function pressed(event: Event): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-keep], [data-take-out]") : null;
  const item = button?.closest<HTMLElement>("[data-privacy] [data-finding]");
  if (!button || !item) return;
  if (button.dataset.keep === undefined) watch(item)?.takeOut(item);
  else watch(item)?.keep(item);
}

export function start(): void {
  for (const change of ["input", "rich:change", "uploads:change"])
    document.addEventListener(change, (event) => watch(event.target)?.soon());
  document.addEventListener("privacy:asked", (event) => watch(event.target), { capture: true });
  document.addEventListener("click", pressed);
}
