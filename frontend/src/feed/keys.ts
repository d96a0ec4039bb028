// Keys for those who like them: j and k go from card to card, r replies, n brings the new posts, ? shows them all. They
// rest while somebody writes or a dialog is open, and can be switched off (#keys-help has the check box data-keys-on).
import { each, on } from "../dom";
import { open as openDialog } from "../dialog";
import { bring } from "../live/pill";
import { keep, kept } from "../store";
import { nameIn, write } from "./reply-form";

const SETTING = "keys";
const BAR = 64;

const CARDS = "[data-feed] > [data-contribution], [data-page] > [data-contribution], [data-page] [data-reply]";

const cards = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>(CARDS));

function current(all: HTMLElement[]): number {
  const focused = all.findIndex((card) => card === document.activeElement?.closest("[data-reply], [data-contribution]"));
  return focused >= 0 ? focused : all.findIndex((card) => card.getBoundingClientRect().bottom > BAR + 40) - 0.5;
}

function go(step: 1 | -1): void {
  const all = cards();
  const at = current(all);
  const next = all[step > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1];
  if (!next) return;
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  const top = next.getBoundingClientRect().top - BAR - 12;
  window.scrollBy({ top, behavior: "instant" });
}

function replyHere(): void {
  const all = cards();
  const card = all[Math.max(0, Math.ceil(current(all)))];
  const flat = card?.closest<HTMLElement>("[data-flat]");
  if (flat && card) return void write(flat.dataset.replies ?? "", card.dataset.reply, nameIn(card));
  const around = card?.closest<HTMLElement>("[data-contribution], [data-page]");
  const root = around?.dataset.contribution ?? around?.dataset.page;
  if (root) write(root);
}

const ACTS: Record<string, () => void> = {
  j: () => go(1),
  k: () => go(-1),
  r: replyHere,
  n: () => {
    const below = document.querySelector<HTMLElement>("[data-new-replies]:not([hidden])");
    if (below) below.click();
    else bring();
  },
  "?": () => {
    const help = document.getElementById("keys-help");
    if (help instanceof HTMLDialogElement) openDialog(help);
  },
};

function writing(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select, trix-editor"));
}

/** Whether a key may act now: nobody writes, no dialog is open, and keys are wanted. */
export function mayAct(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || writing() || kept(SETTING) === false) return false;
  return !document.querySelector("dialog[open]");
}

function pressed(event: KeyboardEvent): void {
  const act = ACTS[event.key];
  if (!act || !mayAct(event) || !(cards().length || event.key === "?")) return;
  event.preventDefault();
  act();
}

export function start(): void {
  document.addEventListener("keydown", pressed);
  // what calls itself a button answers to the space bar as one does
  on("keydown", 'a[role="button"]', (event, link) => {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  });
  each("input[data-keys-on]", (element) => {
    const box = element as HTMLInputElement;
    box.checked = kept(SETTING) !== false;
    box.addEventListener("change", () => keep(SETTING, box.checked));
  });
}
