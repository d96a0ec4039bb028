// [data-standards="/n/x/standards/pick"]: choosing standards in a form. One types a code or a word; the address answers with
// [role=option] elements; arrows and Enter choose (ARIA's combobox with a listbox, the focus stays in the box). What was chosen
// is a row with a select for how it serves it, which the form sends. Without scripts the box itself is sent, with codes in it.
import { announce } from "./announce";
import { iconButton, make } from "./dom";
import type { Fields } from "./fields";
import { word } from "./words";

const PAUSE = 150;

/** A standard that the form's page believes to be meant; "standards:offered" on the form brings some. */
export interface Offered {
  id: number;
  code: string;
  name: string;
}

class Picker {
  private readonly box: HTMLInputElement;
  private readonly picks: HTMLElement;
  private readonly row: HTMLTemplateElement;
  private readonly list = make("div", { class: "suggestions", role: "listbox", hidden: true });
  private readonly field: string;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly root: HTMLElement) {
    this.box = root.querySelector<HTMLInputElement>("input[type=text]")!;
    this.picks = root.querySelector<HTMLElement>("[data-standard-picks]")!;
    this.row = root.querySelector<HTMLTemplateElement>("[data-standard-row]")!;
    this.field = this.box.name;
    this.list.id = `${this.box.id}-list`;
    this.list.setAttribute("aria-label", root.querySelector("label")?.textContent ?? "");
    const combobox = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(combobox)) this.box.setAttribute(name, value);
    this.box.after(this.list);
    for (const hint of root.querySelectorAll<HTMLElement>("[data-standards-plain]")) hint.hidden = true;
    for (const hint of root.querySelectorAll<HTMLElement>("[data-standards-live]")) hint.hidden = false;
    for (const row of this.rows) this.arm(row);
    this.listen();
  }

  private listen(): void {
    this.box.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), PAUSE);
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget as Node | null)) this.open(false);
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role="option"]');
      if (option) this.take(option);
    });
    this.root.closest("form")?.addEventListener("standards:offered", (event) => this.offer((event as CustomEvent<Offered[]>).detail));
    // A draft comes back: rows of standards that the page does not have are asked for.
    this.root.closest("form")?.addEventListener("fields:written", (event) => void this.restore((event as CustomEvent<Fields>).detail));
  }

  private get rows(): HTMLElement[] {
    return Array.from(this.picks.querySelectorAll<HTMLElement>("[data-standard]"));
  }

  private get options(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>('[role="option"]'));
  }

  private get chosen(): HTMLElement | undefined {
    return this.options.find((option) => option.getAttribute("aria-selected") === "true");
  }

  private async options_of(query: string): Promise<HTMLElement[]> {
    this.asking?.abort();
    this.asking = new AbortController();
    const answer = await fetch(`${this.root.dataset.standards}?${query}`, {
      signal: this.asking.signal,
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok) return [];
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return Array.from(page.querySelectorAll<HTMLElement>('[role="option"]'));
  }

  private async ask(): Promise<void> {
    const typed = this.box.value.trim();
    if (!typed) return this.fill([]);
    try {
      const found = await this.options_of(`q=${encodeURIComponent(typed)}`);
      if (this.box.value.trim() === typed) this.fill(found);
    } catch {
      // offline, or overtaken by the next letter: what was typed stays, and is sent as it is
    }
  }

  private fill(found: HTMLElement[]): void {
    const known = new Set(this.rows.map((row) => row.dataset.standard));
    const options = found.filter((option) => !known.has(option.dataset.id));
    this.list.replaceChildren(...options);
    options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    this.choose(options[0]);
    this.open(options.length > 0);
    if (options.length) announce(word("suggested", { count: options.length }));
  }

  private open(shown: boolean): void {
    this.list.hidden = !shown;
    this.box.setAttribute("aria-expanded", String(shown));
    if (!shown) this.box.removeAttribute("aria-activedescendant");
  }

  private choose(option: HTMLElement | undefined): void {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === option));
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      this.open(true);
      const here = this.chosen ? this.options.indexOf(this.chosen) : -1;
      this.choose(this.options[(here + step + this.options.length) % this.options.length]);
    } else if (event.key === "Enter" && !this.list.hidden && this.chosen) {
      event.preventDefault();
      this.take(this.chosen);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.open(false);
    }
  }

  private take(option: HTMLElement): void {
    const { id = "", code = "", name = "" } = option.dataset;
    this.add(id, code, name);
    this.box.value = "";
    this.fill([]);
    this.box.focus();
    announce(word("standard-added", { name: code || name }));
  }

  private add(id: string, code: string, name: string): HTMLElement {
    const row = this.row.content.firstElementChild!.cloneNode(true) as HTMLElement;
    row.dataset.standard = id;
    const [shownCode, shownName] = [row.querySelector("b"), row.querySelector(".standard-picked > span")];
    if (code && shownCode) shownCode.textContent = code;
    else shownCode?.remove();
    if (shownName) shownName.textContent = name;
    const select = row.querySelector("select");
    select?.setAttribute("aria-label", (select.getAttribute("aria-label") ?? "").replace("CODE", () => code || name));
    for (const option of row.querySelectorAll("option")) option.value = option.value.replace(/^ID:/, `${id}:`);
    this.picks.append(row);
    this.arm(row);
    return row;
  }

  /** Buttons that choose; nothing is chosen by itself. */
  private offer(found: Offered[]): void {
    const place = this.root.closest("form")?.querySelector<HTMLElement>("[data-standards-offered]");
    if (!place) return;
    const known = new Set(this.rows.map((row) => row.dataset.standard));
    const buttons = found.filter(({ id }) => !known.has(String(id))).map((each) => this.offered(each));
    for (const old of place.querySelectorAll("button")) old.remove();
    for (const said of place.querySelectorAll("span")) said.hidden = !buttons.length;
    place.append(...buttons);
  }

  private offered({ id, code, name }: Offered): HTMLButtonElement {
    const label = word("standard-offered", { name: code || name });
    const button = make("button", { type: "button", class: "button button-plain button-small", "aria-label": label, title: name }, code || name);
    button.addEventListener("click", () => {
      button.remove();
      const fold = this.root.closest("details");
      if (fold) fold.open = true;
      this.add(String(id), code, name).querySelector("select")?.focus();
      announce(word("standard-added", { name: code || name }));
    });
    return button;
  }

  /** With scripts a button takes it off; the select only says how. */
  private arm(row: HTMLElement): void {
    const name = row.querySelector(".standard-picked")?.textContent?.trim() ?? "";
    row.querySelector('option[value=""]')?.remove();
    row.append(
      iconButton(word("remove", { name }), "close", () => {
        row.remove();
        this.box.focus();
      }),
    );
  }

  private async restore(fields: Fields): Promise<void> {
    const wanted = fields.filter(([name]) => name === this.field).map(([, value]) => value.match(/^(\d+):(\w+)$/));
    const relations = new Map(wanted.flatMap((match) => (match ? [[match[1], match[0]] as [string, string]] : [])));
    if (this.box.value.match(/^\d+:\w+$/)) this.box.value = "";
    for (const row of this.rows) if (relations.size && !relations.has(row.dataset.standard ?? "")) row.remove();
    const known = new Set(this.rows.map((row) => row.dataset.standard));
    const missing = [...relations.keys()].filter((id) => !known.has(id));
    try {
      const found = missing.length ? await this.options_of(missing.map((id) => `id=${id}`).join("&")) : [];
      for (const { dataset } of found) this.add(dataset.id ?? "", dataset.code ?? "", dataset.name ?? "");
    } catch {
      // they can be chosen again
    }
    for (const row of this.rows) {
      const select = row.querySelector("select");
      const value = relations.get(row.dataset.standard ?? "");
      if (select && value) select.value = value;
    }
  }
}

export function start(root: HTMLElement): void {
  new Picker(root);
}
