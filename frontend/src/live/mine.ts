// What is the viewer's own about what is shown. Cards and replies are the same for everybody; this marks them.
//   <data class="mine" hidden value='{"mine": {authored, saved, trying, reactions}, "streams": {...}, "me": 9}'>
// comes with the page and with each fragment of it. `streams` are the last numbers of the live streams as the page was
// made; who wants them hears `live:streams` on the document (detail: name to number).
import { each, tell } from "../dom";

interface Block {
  mine?: { authored?: number[]; saved?: number[]; trying?: Record<string, string>; reactions?: Record<string, string[]>; unread?: Record<string, number>; folded?: number[] };
  streams?: Record<string, number>;
  me?: number;
}

let viewer = 0;
const authored = new Set<number>();
const saved = new Set<number>();
const trying = new Map<number, string>();
const reactions = new Map<number, Set<string>>();

/** The member who looks; 0 while nobody said. */
export const me = (): number => viewer;
export const wrote = (id: number): boolean => authored.has(id);
export const isSaved = (id: number): boolean => saved.has(id);
export const tries = (id: number): string => trying.get(id) ?? "";

export function setWrote(id: number): void {
  authored.add(id);
  markAll(id);
}

export function setSaved(id: number, on: boolean): void {
  if (on) saved.add(id);
  else saved.delete(id);
}

export function setTries(id: number, state: string): void {
  trying.set(id, state);
  markAll(id);
}

export function setReaction(id: number, kind: string, on: boolean): void {
  const kinds = reactions.get(id) ?? new Set<string>();
  if (on) kinds.add(kind);
  else kinds.delete(kind);
  reactions.set(id, kinds);
  markAll(id);
}

const idOf = (element: HTMLElement): number => Number(element.dataset.contribution ?? element.dataset.reply ?? 0);
const markAll = (id: number): void =>
  document.querySelectorAll<HTMLElement>(`[data-contribution="${id}"], [data-reply="${id}"]`).forEach(mark);

// Buttons of the element itself, not of the replies inside it.
function own(element: HTMLElement, selector: string): HTMLButtonElement[] {
  const found = Array.from(element.querySelectorAll<HTMLButtonElement>(selector));
  return found.filter((button) => button.closest("[data-reply], [data-contribution]") === element);
}

/** Show on a card or a reply what the viewer did with it. */
export function mark(element: HTMLElement): void {
  const id = idOf(element);
  const isMine = authored.has(id);
  for (const button of own(element, "button[data-react]")) {
    button.setAttribute("aria-pressed", String(reactions.get(id)?.has(button.dataset.react ?? "") ?? false));
    button.disabled = isMine;
  }
  const state = trying.get(id) ?? "";
  for (const button of own(element, "button[data-try]")) {
    button.setAttribute("aria-pressed", String(state === "open" || state === "reported"));
    button.dataset.tryState = state;
    tell(button, "try:state");
  }
  element.classList.toggle("is-mine", isMine);
  for (const acts of element.querySelectorAll<HTMLElement>(":scope > .acts")) acts.hidden = isMine;
}

function take(block: HTMLElement): void {
  let said: Block;
  try {
    said = JSON.parse(block.getAttribute("value") ?? "{}") as Block;
  } catch {
    return;
  }
  viewer = said.me ?? viewer;
  for (const id of said.mine?.authored ?? []) authored.add(id);
  for (const id of said.mine?.saved ?? []) saved.add(id);
  for (const [id, state] of Object.entries(said.mine?.trying ?? {})) trying.set(Number(id), state);
  for (const [id, kinds] of Object.entries(said.mine?.reactions ?? {})) reactions.set(Number(id), new Set(kinds));
  document.querySelectorAll<HTMLElement>("[data-contribution], [data-reply]").forEach(mark);
  if (said.mine?.folded) tell(document, "mine:folded", { ids: said.mine.folded });
  tell(document, "mine:unread", { unread: said.mine?.unread ?? {} });
  tell(document, "live:streams", said.streams ?? {});
}

export function start(): void {
  document.addEventListener("outbox:sent", (event) => {
    const { id, post } = (event as CustomEvent<{ id?: number; post?: string }>).detail;
    if (id) setWrote(id);
    // a new card is heard from its first moment: somebody may answer before its stream is joined
    if (id && post === "card") tell(document, "live:streams", { [`contribution:${id}`]: 0 });
  });
  each("data.mine", take);
  each("[data-contribution], [data-reply]", mark);
}
