// Suggestions while something is added to the library: from the files' names, the title, the link.
//   data-resource             the form; its fields title, what, minutes and grades are filled where nobody has touched them
//   data-guess-url            answers JSON {title, what, grades, minutes, standards, waiting} for ?title=&name=&link=&key=
//   input[data-title-guessed] keeps the guessed title, so that a draft that comes back tells it from one that was typed
//   details[data-licence]     its [data-licence-now] says what is chosen inside
// What a person typed or chose is never changed.
import { each, tell } from "./dom";
import { typedIn, type Fields } from "./fields";
import type { Offered } from "./standards";

interface Guess {
  title: string;
  what: string;
  grades: number[];
  minutes: number | null;
  standards: Offered[];
  waiting: boolean;
}

const WAIT_MS = 400;
// A file that is still being read is asked about again, some times.
const AGAIN_MS = 3000;
const AGAIN_AT_MOST = 10;

class Suggester {
  private readonly touched = new Set<string>();
  private timer = 0;
  private again = 0;

  constructor(private readonly form: HTMLFormElement) {
    // typed before this script had come
    for (const [field] of typedIn(form)) this.touched.add(field.name);
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("uploads:change", () => {
      this.again = 0;
      this.later();
    });
    form.addEventListener("fields:written", (event) => this.restored((event as CustomEvent<Fields>).detail));
    form.addEventListener("reset", () => this.touched.clear());
  }

  /** A title that was only guessed, from the file of then, gives way to that of another file. */
  private restored(fields: Fields): void {
    const guessed = fields.find(([name]) => name === "title_guessed")?.[1];
    for (const [name, value] of fields) if (value && !(name === "title" && value === guessed)) this.touched.add(name);
    if (guessed) this.guessedTitle(guessed);
  }

  private guessedTitle(title: string): void {
    const place = this.form.querySelector<HTMLInputElement>("[data-title-guessed]");
    if (place) place.value = title;
  }

  private typed(event: Event): void {
    const name = (event.target as HTMLInputElement | null)?.name;
    if (name && event.isTrusted) this.touched.add(name);
    if (name === "title" || name === "link_url") this.later();
  }

  private later(wait = WAIT_MS): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), wait);
  }

  private async ask(): Promise<void> {
    const fields = new FormData(this.form);
    const asked = new URLSearchParams();
    asked.set("title", this.touched.has("title") ? String(fields.get("title") ?? "") : "");
    asked.set("link", String(fields.get("link_url") ?? ""));
    for (const name of fields.getAll("file_names")) asked.append("name", String(name));
    for (const key of fields.getAll("file_keys")) asked.append("key", String(key));
    const answer = await fetch(`${this.form.dataset.guessUrl}?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const guess = (await answer.json()) as Guess;
    this.fill(guess);
    tell(this.form, "standards:offered", guess.standards);
    if (guess.waiting && this.again++ < AGAIN_AT_MOST) this.later(AGAIN_MS);
  }

  private fill(guess: Guess): void {
    this.set("title", guess.title);
    if (!this.touched.has("title")) this.guessedTitle(guess.title);
    this.set("what", guess.title ? guess.what : "");
    this.set("minutes", guess.minutes ? String(guess.minutes) : "");
    if (this.touched.has("grades")) return;
    for (const box of this.form.querySelectorAll<HTMLInputElement>('input[name="grades"]')) {
      box.checked = guess.grades.includes(Number(box.value));
    }
  }

  private set(name: string, value: string): void {
    const field = this.form.elements.namedItem(name);
    if (this.touched.has(name)) return;
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
}

function sayLicence(line: HTMLElement): void {
  const [select, now] = [line.querySelector("select"), line.querySelector("[data-licence-now]")];
  const say = (): void => void (now && select && (now.textContent = select.selectedOptions[0]?.textContent ?? ""));
  select?.addEventListener("change", say);
  line.closest("form")?.addEventListener("fields:written", say);
  line.closest("form")?.addEventListener("reset", () => window.setTimeout(say));
}

export function start(): void {
  each("details[data-licence]", sayLicence);
  each("form[data-resource]", (form) => new Suggester(form as HTMLFormElement));
}
