// form[data-suggest]: a search box that completes as one types. The address answers with [role=option] links; arrows walk
// through them, Enter opens the chosen one (or sends the form), Escape closes, then empties. The pattern is ARIA's combobox
// with a listbox: the focus stays in the box. Without scripts the form is a form.
import { announce } from "./announce";
import { each, make } from "./dom";
import { word } from "./words";

const PAUSE = 120;

class Suggest {
  private readonly list = make("div", { class: "suggestions", role: "listbox", hidden: true });
  private timer = 0;
  private asked = "";
  private asking: AbortController | null = null;

  constructor(
    private readonly form: HTMLElement,
    private readonly box: HTMLInputElement,
  ) {
    this.list.id = `${box.id}-list`;
    this.list.setAttribute("aria-label", form.querySelector("label")?.textContent ?? "");
    const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
    form.append(this.list);
    box.addEventListener("input", () => this.later());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("focus", () => this.options.length && this.box.value.trim() === this.asked && this.open(true));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.open(false);
    });
    // Pressing an option must not take the focus away before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  private get options(): HTMLAnchorElement[] {
    return Array.from(this.list.querySelectorAll<HTMLAnchorElement>('[role="option"]'));
  }

  private get chosen(): HTMLAnchorElement | undefined {
    return this.options.find((option) => option.getAttribute("aria-selected") === "true");
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const typed = this.box.value.trim();
    this.asking?.abort();
    if (typed.length < 2) return this.fill("", typed);
    this.asking = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: this.asking.signal, headers: { "HX-Request": "true" } });
      if (answer.ok && this.box.value.trim() === typed) this.fill(await answer.text(), typed);
    } catch {
      // gone offline, or overtaken by the next letter: the form still works
    }
  }

  private fill(html: string, typed: string): void {
    this.asked = typed;
    const page = new DOMParser().parseFromString(html, "text/html");
    this.list.replaceChildren(...Array.from(page.body.childNodes));
    this.options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    this.choose(undefined);
    this.open(this.options.length > 0 && document.activeElement === this.box);
    if (this.options.length > 1) announce(word("suggested", { count: this.options.length }));
  }

  private open(shown: boolean): void {
    this.list.hidden = !shown;
    this.box.setAttribute("aria-expanded", String(shown));
    if (!shown) this.choose(undefined);
  }

  private choose(option: HTMLElement | undefined): void {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === option));
    if (option) {
      this.box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const shown = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      this.open(true);
      // One place more than there are options: the box itself, with nothing chosen.
      const places = this.options.length + 1;
      const here = this.chosen ? this.options.indexOf(this.chosen) : this.options.length;
      this.choose(this.options[(here + step + places) % places]);
    } else if (event.key === "Enter" && shown && this.chosen) {
      event.preventDefault();
      this.chosen.click();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      this.open(false);
    }
  }
}

export function start(): void {
  each("form[data-suggest]", (form) => {
    const box = form.querySelector<HTMLInputElement>('input[type="search"]');
    if (box) new Suggest(form, box);
  });
}
