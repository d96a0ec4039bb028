// Quoting by reference: the words that somebody selected are found in the reply's plain text, and only the place travels.
//   a[data-quote="12"]                 in a reply's menu: quote it, or what is selected in it
//   button[data-quote-selection]       shown while words of a reply are selected
//   [data-quoting] in the reply form, with [data-quoting-words] and the hidden fields quote_id, quote_from, quote_to
import { make, on, textButton } from "../dom";
import { write } from "../feed/reply-form";
import type { Fields } from "../fields";
import { addressOf, hold } from "../live/page";
import { toast } from "../toast";
import { word } from "../words";

const AT_MOST = 1000;
const WHOLE = 500;
const NAMES = ["quote_id", "quote_from", "quote_to"] as const;
let root = "";

interface Words {
  text: string;
  author: string | null;
}

const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>(`form[data-post="reply"][data-contribution="${root}"]:not([data-closed])`);

/** Whose words are selected, and which: [reply or opening, words, where in it they begin (0 to 1)]. */
function selected(): [number, string, number] | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const at = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
  const prose = at?.closest<HTMLElement>(".prose");
  const around = prose?.closest<HTMLElement>("[data-reply], [data-contribution]");
  if (!prose || !around?.closest("[data-thread]") || prose.closest(".summary") || !prose.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(prose);
  before.setEnd(range.startContainer, range.startOffset);
  const share = before.toString().length / Math.max(1, prose.textContent?.length ?? 1);
  const said = wordsIn(range, selection).trim();
  return said ? [Number(around.dataset.reply ?? around.dataset.contribution), said, share] : null;
}

/** What is selected, as the server reads it: a formula is its plain text (3/4), which its element names. */
function wordsIn(range: Range, selection: Selection): string {
  const piece = range.cloneContents();
  const formulas = piece.querySelectorAll("math");
  if (!formulas.length) return selection.toString();
  for (const formula of Array.from(formulas)) formula.replaceWith(formula.getAttribute("alttext") ?? "");
  for (const end of Array.from(piece.querySelectorAll("p, li, br, h3, pre, blockquote"))) end.after("\n");
  return piece.textContent ?? "";
}

const spaced = (words: string): string => words.replace(/\s+/g, " ").trim();

/** Where `wanted` stands in `text`, in characters; the occurrence nearest to `share` of the way. White space may differ. */
function find(text: string, wanted: string, share: number): [number, number] | null {
  const letters = Array.from(text);
  const places: number[] = [];
  let flat = "";
  letters.forEach((letter, index) => {
    const blank = /\s/.test(letter);
    if (blank && (!flat || flat.endsWith(" "))) return;
    for (let unit = 0; unit < (blank ? 1 : letter.length); unit += 1) places.push(index);
    flat += blank ? " " : letter;
  });
  const words = spaced(wanted);
  let best: [number, number] | null = null;
  let away = Infinity;
  for (let at = flat.indexOf(words); at >= 0; at = flat.indexOf(words, at + 1)) {
    const distance = Math.abs(at / Math.max(1, flat.length) - share);
    if (distance < away) [best, away] = [[places[at] ?? 0, (places[at + words.length - 1] ?? 0) + 1], distance];
  }
  return best;
}

async function wordsOf(id: number): Promise<Words | null> {
  const answer = await fetch(`${addressOf(id)}/words`, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Words) : null;
}

/** Quote what is selected in a reply, or the reply as a whole. */
export async function quote(id: number): Promise<void> {
  if (!form()) return;
  const chosen = selected();
  const found = await wordsOf(id);
  if (!found) return toast(word("offline"));
  const place = chosen && chosen[0] === id ? find(found.text, chosen[1], chosen[2]) : null;
  const [from, to] = place ?? [0, Math.min(WHOLE, Array.from(found.text).length)];
  if (to - from > AT_MOST) return toast(word("quote-shorter"));
  if (!write(root, String(id) === root ? "" : String(id), found.author ?? "")) return;
  fill([String(id), String(from), String(to)], found);
  form()?.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(values: string[], found: Words | null): void {
  const to = form();
  const box = to?.querySelector<HTMLElement>("[data-quoting]");
  if (!to || !box) return;
  NAMES.forEach((name, index) => {
    const field = to.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (field) field.value = values[index] ?? "";
  });
  const words = found ? Array.from(found.text).slice(Number(values[1]), Number(values[2])).join("") : "";
  hold(() => {
    box.hidden = !words;
    const whose = make("p", { class: "quoted-by" }, word("wrote", { name: found?.author || word("a-colleague") }));
    const out = textButton(word("not-quoting"), "quiet", () => fill(["", "", ""], null));
    box.replaceChildren(...(words ? [whose, make("blockquote", { "data-quoting-words": true }, words), out] : []));
  });
}

async function restored(fields: Fields): Promise<void> {
  const values = NAMES.map((name) => fields.find(([field]) => field === name)?.[1] ?? "");
  const id = Number(values[0]);
  if (id) fill(values, await wordsOf(id));
}

function offer(): void {
  const button = document.querySelector<HTMLElement>("[data-quote-selection]");
  if (button) button.hidden = !form() || !selected();
}

export function start(thread: HTMLElement): void {
  root = thread.dataset.thread ?? "";
  on("click", "a[data-quote]", (event, link) => {
    if (!form()) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    void quote(Number(link.dataset.quote));
  });
  // the press itself would end the selection
  on("mousedown", "[data-quote-selection]", (event) => event.preventDefault());
  on("click", "[data-quote-selection]", () => {
    const chosen = selected();
    if (chosen) void quote(chosen[0]);
  });
  document.addEventListener("selectionchange", offer);
  const shown = form();
  shown?.addEventListener("draft:done", () => fill(["", "", ""], null));
  shown?.addEventListener("fields:written", (event) => void restored((event as CustomEvent<Fields>).detail));
}
