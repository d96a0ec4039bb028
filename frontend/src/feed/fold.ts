// A long post on a card, unfolded where it is. Without the script the link leads to its page.
//   [data-fold].fold     the words, cut by the style sheet; a[data-unfold] after them
// What was unfolded stays so when the card is renewed. Whoever comes to a link in the hidden part by keyboard unfolds it.
import { each, on } from "../dom";
import { idOf } from "./acts";

const unfolded = new Set<number>();

function unfold(words: HTMLElement): void {
  words.classList.remove("fold", "fold-phone");
  words.parentElement?.querySelector(":scope > [data-unfold]")?.remove();
}

function asked(event: MouseEvent, link: HTMLElement): void {
  const words = link.parentElement?.querySelector<HTMLElement>(":scope > [data-fold]");
  if (!words || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  unfolded.add(idOf(words));
  unfold(words);
  words.focus({ preventScroll: true });
}

function reached(target: HTMLElement, words: HTMLElement): void {
  const box = target.closest(".prose, .story");
  if (!box || target === words || target.getBoundingClientRect().bottom <= box.getBoundingClientRect().bottom) return;
  unfolded.add(idOf(words));
  unfold(words);
}

export function start(): void {
  each("[data-fold]", (words) => {
    if (unfolded.has(idOf(words)) || words.closest("[data-page]")) unfold(words);
  });
  on("click", "a[data-unfold]", asked);
  on("focusin", ".fold", (event, words) => reached(event.target as HTMLElement, words));
}
