// Several files at once, each with its own fields, while they are still being read:
//   form[data-many][data-guess-url]   asked with ?name=&key= for each row that waits
//   [data-many-row=KEY][data-waiting] a row; fields KEY.minutes and KEY.grades are filled where nobody has touched them
//   [data-many-standards=NAME]        gets a check box for each standard whose code stands in the file; none is checked
//   [data-many-title], -what          say in the row's fold what its fields say; [data-many-missing="NAME NAME"] shows
//                                     while none of these fields of the form says anything
import { each, make } from "./dom";
import type { Offered } from "./standards";
import { forget, keysOf } from "./store";

interface Guess {
  grades: number[];
  own_grades: boolean;
  minutes: number | null;
  standards: Offered[];
  waiting: boolean;
}

const AGAIN_MS = 3000;
const AGAIN_AT_MOST = 10;

class Row {
  private touched = false;
  private times = 0;

  constructor(
    private readonly row: HTMLElement,
    private readonly url: string,
  ) {
    row.addEventListener("input", (event) => (this.touched ||= event.isTrusted));
    window.setTimeout(() => void this.ask(), AGAIN_MS);
  }

  private async ask(): Promise<void> {
    const key = this.row.dataset.manyRow ?? "";
    const asked = new URLSearchParams({ key, name: this.row.dataset.name ?? "" });
    const answer = await fetch(`${this.url}?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const guess = answer?.ok ? ((await answer.json()) as Guess) : null;
    if (guess) this.fill(key, guess);
    this.row.closest("form")?.dispatchEvent(new Event("many:filled"));
    if ((guess?.waiting ?? true) && ++this.times < AGAIN_AT_MOST) window.setTimeout(() => void this.ask(), AGAIN_MS);
  }

  private fill(key: string, guess: Guess): void {
    this.offer(guess.standards);
    if (this.touched) return;
    const minutes = this.row.querySelector<HTMLInputElement>(`[name="${key}.minutes"]`);
    if (minutes && !minutes.value && guess.minutes) minutes.value = String(guess.minutes);
    if (!guess.own_grades) return;
    for (const box of this.row.querySelectorAll<HTMLInputElement>(`[name="${key}.grades"]`)) box.checked = guess.grades.includes(Number(box.value));
  }

  private offer(found: Offered[]): void {
    const place = this.row.querySelector<HTMLElement>("[data-many-standards]");
    if (!place) return;
    const name = place.dataset.manyStandards ?? "";
    for (const { id, code, name: words } of found) {
      const known = Array.from(place.querySelectorAll<HTMLInputElement>("input")).some((box) => box.value.startsWith(`${id}:`));
      if (known) continue;
      const box = make("input", { type: "checkbox", name, value: `${id}:addressing`, id: `${name}-${id}` });
      place.append(make("div", { class: "check" }, box, make("label", { for: box.id }, code || words)));
      place.hidden = false;
    }
  }
}

/** What the folds say follows the fields. */
function sayFolds(form: HTMLFormElement): void {
  const say = () => {
    const said = new FormData(form);
    for (const row of form.querySelectorAll<HTMLElement>("[data-many-row]")) {
      const { manyRow: key, name } = row.dataset;
      const [title, what] = ["title", "what"].map((one) => row.querySelector<HTMLElement>(`[data-many-${one}]`));
      const kind = row.querySelector<HTMLSelectElement>(`[name="${key}.what"]`);
      if (title) title.textContent = String(said.get(`${key}.title`) ?? "").trim() || (name ?? "");
      if (what && kind) what.textContent = kind.selectedOptions[0]?.text ?? "";
      for (const word of row.querySelectorAll<HTMLElement>("[data-many-missing]"))
        word.hidden = (word.dataset.manyMissing ?? "").split(" ").some((field) => said.getAll(field).some((value) => String(value).trim()));
    }
  };
  for (const event of ["input", "change", "fields:written", "many:filled"]) form.addEventListener(event, say);
}

/** Tables that were ended or left are not kept in this browser any longer. */
function forgetOthers(form: HTMLFormElement): void {
  if (form.dataset.many !== undefined) forget("draft:many:");
  for (const key of keysOf("draft:table:")) if (key !== `draft:${form.dataset.draft}`) forget(key);
}

export function start(): void {
  each('form[data-draft="many:"], form[data-many]', (form) => forgetOthers(form as HTMLFormElement));
  each("form[data-many]", (form) => sayFolds(form as HTMLFormElement));
  each("form[data-many] [data-waiting]", (row) => new Row(row, row.closest("form")?.dataset.guessUrl ?? ""));
}
