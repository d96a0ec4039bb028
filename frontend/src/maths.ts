// The keys for people who do not write TeX: a button in the editor's tools opens them, fields ask for the parts, and what
// comes of it is put where the caret was, as $…$. The server sends the keys (core/maths/_keys.html) and draws the preview.
import { icon, make } from "./dom";
import { parse } from "./live/page";
import { toast } from "./toast";
import { word } from "./words";

/** The part of the editor that the keys use. */
export interface Writes extends HTMLElement {
  editor: {
    getDocument: () => { toString: () => string };
    getSelectedRange: () => [number, number];
    insertString: (text: string) => void;
    setSelectedRange: (range: number | [number, number]) => void;
  };
}

const WAIT_MS = 250;
type Field = HTMLInputElement | HTMLSelectElement;

export const home = (): string => location.pathname.match(/^.*?(?=\/n\/)/)?.[0] ?? "";

export async function ask(address: string): Promise<HTMLElement | null> {
  const headers = { Accept: "text/html", "HX-Request": "true" };
  const answer = await fetch(address, { headers }).catch(() => null);
  return answer?.ok ? parse(await answer.text()) : null;
}

/** The button for the editor's tools. */
export function button(editor: Writes): HTMLButtonElement {
  const label = word("editor-maths");
  const opener = make("button", { type: "button", "aria-label": label, title: label, "aria-expanded": "false" }, icon("maths"));
  let keys: Keys | null = null;
  let coming = false;
  let range: [number, number] = [0, 0];
  // read before the press takes the selection away
  opener.addEventListener("pointerdown", () => (range = editor.editor.getSelectedRange() ?? range));
  opener.addEventListener("click", async () => {
    if (coming) return;
    range = editor.editor.getSelectedRange() ?? range;
    coming = !keys;
    keys ??= await begin(editor, opener);
    coming = false;
    if (keys) keys.turn(!!keys.box.hidden, range);
    else toast(word("offline"));
  });
  return opener;
}

async function begin(editor: Writes, opener: HTMLElement): Promise<Keys | null> {
  const box = await ask(`${home()}/maths/keys`);
  if (!box) return null;
  box.hidden = true;
  editor.before(box);
  return new Keys(editor, opener, box);
}

class Keys {
  private range: [number, number] = [0, 0];
  private last: HTMLInputElement | null = null;
  private timer = 0;
  private asked = 0;

  constructor(
    private readonly editor: Writes,
    private readonly opener: HTMLElement,
    readonly box: HTMLElement,
  ) {
    box.addEventListener("click", (event) => this.pressed(event.target as HTMLElement));
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("input", () => this.soon());
    box.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLInputElement) this.last = target;
    });
  }

  /** Show the keys, to put something at `range`, or put them away. */
  turn(open: boolean, range: [number, number]): void {
    this.range = range;
    this.box.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (!open) return this.back(this.range);
    this.fields()[0]?.focus();
    this.box.scrollIntoView({ block: "nearest" });
  }

  private form(): HTMLElement | null {
    return this.box.querySelector<HTMLElement>("[data-maths-form]:not([hidden])");
  }

  private fields(): Field[] {
    return Array.from(this.form()?.querySelectorAll<Field>("[data-maths-field]") ?? []);
  }

  private pressed(target: HTMLElement): void {
    const pressed = target.closest("button");
    if (!pressed) return;
    if (pressed.dataset.mathsKey) this.choose(pressed.dataset.mathsKey);
    else if (pressed.dataset.mathsSign) this.sign(pressed.dataset.mathsSign);
    else if (pressed.matches("[data-maths-insert]")) this.insert();
    else if (pressed.matches("[data-maths-close]")) this.turn(false, this.range);
  }

  // the form around must neither be sent nor closed by keys that are meant for these fields
  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.turn(false, this.range);
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      this.insert();
    }
  }

  private choose(name: string): void {
    for (const each of this.box.querySelectorAll("[data-maths-key]"))
      each.setAttribute("aria-pressed", String((each as HTMLElement).dataset.mathsKey === name));
    for (const each of this.box.querySelectorAll<HTMLElement>("[data-maths-form]")) each.hidden = each.dataset.mathsForm !== name;
    this.fields()[0]?.focus();
    this.soon();
  }

  private sign(sign: string): void {
    const inputs = this.fields().filter((field) => field instanceof HTMLInputElement);
    const field = this.last && inputs.includes(this.last) ? this.last : inputs[0];
    if (!field) return;
    field.setRangeText(sign, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
    field.focus();
    this.soon();
  }

  /** The TeX of what the fields say; empty while one is missing. */
  private tex(): string {
    const form = this.form();
    const values = this.fields().map((field) => field.value.trim().replace(/(?<!\\)\$/g, "\\$"));
    const missing = this.fields().some((field) => !field.value.trim() && !("optional" in field.dataset));
    if (!form || missing) return "";
    const all = form.dataset.texAll && values.every(Boolean) ? form.dataset.texAll : form.dataset.tex;
    return (all ?? "").replace(/\(@(\d)\)|@(\d)/g, (_whole, held: string, bare: string) => {
      const value = values[Number(held ?? bare)] ?? "";
      return held !== undefined && /[\s+\-−×÷/]/.test(value) ? `(${value})` : value;
    });
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.preview(), WAIT_MS);
    this.ready().disabled = !this.tex();
  }

  private ready(): HTMLButtonElement {
    return this.box.querySelector("[data-maths-insert]") as HTMLButtonElement;
  }

  private async preview(): Promise<void> {
    const tex = this.tex();
    const asked = (this.asked += 1);
    const shown = tex ? await ask(`${this.box.dataset.mathsPreview}?${new URLSearchParams({ tex }).toString()}`) : null;
    if (asked !== this.asked) return;
    this.box.querySelector("[data-maths-seen]")?.replaceChildren(...(shown ? [shown] : []));
    const said = this.box.querySelector("[data-maths-said]");
    if (said) said.textContent = shown?.dataset.said ?? "";
  }

  private insert(): void {
    const tex = this.tex();
    if (!tex) return this.fields().find((field) => !field.value.trim())?.focus();
    const text = this.editor.editor.getDocument().toString();
    const [from, to] = this.range;
    // a dollar beside a letter, a digit or another dollar would be none of a formula's
    const before = /[\p{L}\p{N}$]$/u.test(text.slice(0, from)) ? " " : "";
    const after = /^[\p{N}$]/u.test(text.slice(to)) ? " " : "";
    this.back([from, to]);
    this.editor.editor.insertString(`${before}$${tex}$${after}`);
    this.empty();
  }

  private empty(): void {
    this.box.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    for (const field of this.box.querySelectorAll<HTMLInputElement>("input[data-maths-field]")) field.value = "";
    this.soon();
  }

  private back(range: [number, number]): void {
    this.editor.focus();
    this.editor.editor.setSelectedRange(range);
  }
}
