// What a formula that is typed by hand will look like: below the editor, for the one in which the caret is, or which was
// just ended. The server draws it (/maths/preview), as it will draw it for everybody. Whoever uses a screen reader hears it
// from the palette, and reads it once it is posted: a letter more is no reason to speak.
import { make } from "./dom";
import { ask, home, type Writes } from "./maths";
import { word } from "./words";

const WAIT_MS = 300;
const MOST_LETTERS = 600;
const BEGINS = /(?<![\p{L}\p{N}\\$])\$\$?(?=\S)/gu;
/** What nobody writes in an amount of money. */
const LOOKS_LIKE = /[\\^_{}=<>≤≥≠+×·÷√π]/;

/** The TeX around the caret; empty where there is none. */
export function texAt(text: string, caret: number): string {
  const from = text.lastIndexOf("\n", caret - 1) + 1;
  const end = text.indexOf("\n", caret);
  const line = text.slice(from, end < 0 ? text.length : end);
  const here = caret - from;
  let found = "";
  for (const begun of line.matchAll(BEGINS)) {
    if (begun.index >= here) break;
    const inside = begun.index + begun[0].length;
    const ended = line.slice(inside).search(/(?<![\s\\])\$(?!\d)/);
    const until = ended < 0 ? here : inside + ended;
    const tex = line.slice(inside, until);
    // the last one counts: a dollar before it was an amount
    if (here <= until + begun[0].length && tex.length <= MOST_LETTERS && LOOKS_LIKE.test(tex)) found = tex;
  }
  return found;
}

export function watch(editor: Writes): void {
  const seen = make("div", { class: "maths-live", hidden: true });
  let timer = 0;
  let shown = "";
  const show = async () => {
    const tex = texAt(editor.editor.getDocument().toString(), editor.editor.getSelectedRange()?.[0] ?? 0);
    if (tex === shown) return;
    shown = tex;
    const drawn = tex ? await ask(`${home()}/maths/preview?${new URLSearchParams({ tex }).toString()}`) : null;
    if (tex !== shown) return;
    const found = drawn && "found" in drawn.dataset ? drawn : null;
    if (!seen.isConnected) place(editor, seen);
    seen.hidden = !found;
    seen.replaceChildren(...(found ? [make("span", { class: "hint" }, word("maths-looks")), found] : []));
  };
  for (const change of ["trix-change", "trix-selection-change"])
    editor.addEventListener(change, () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void show(), WAIT_MS);
    });
}

function place(editor: HTMLElement, seen: HTMLElement): void {
  const next = editor.nextElementSibling;
  (next?.matches(".length-left") ? next : editor).after(seen);
}
