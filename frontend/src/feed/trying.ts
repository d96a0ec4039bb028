// "I'll try this": one press is a promise to oneself. A small panel then offers a day, a way to tell how it went, and a way
// out. Pressing again opens the panel; it never takes the promise back by accident.
//   button[data-try][formaction]      on a card; data-try-state (mine.ts) is open, reported, let_go or empty; data-tell is
//                                     where one says how it went, where that is no post
import { announce } from "../announce";
import { make, on, textButton } from "../dom";
import { showCounts } from "../live/counts";
import { setTries, tries } from "../live/mine";
import { hold } from "../live/page";
import { toast } from "../toast";
import { word } from "../words";
import { idOf } from "./acts";
import { send } from "./send";

const days = new Map<number, string>();

function show(button: HTMLButtonElement): void {
  button.dataset.plain ??= button.textContent ?? "";
  const state = button.dataset.tryState;
  const said = state === "open" ? word("trying") : state === "reported" ? word("tried") : button.dataset.plain;
  if (button.textContent !== said) button.textContent = said;
}

const panelOf = (button: HTMLElement): HTMLElement | null =>
  button.closest("[data-contribution]")?.querySelector<HTMLElement>(":scope > .try-panel") ?? null;

async function promise(button: HTMLButtonElement, on: boolean): Promise<void> {
  const [id, before] = [idOf(button), tries(idOf(button))];
  setTries(id, on ? "open" : "let_go");
  const said = await send(button.formAction, { on: on ? "1" : "0" });
  if (said.ok) return showCounts(id, said.html);
  setTries(id, before);
  close(button);
  toast(said.error);
}

function close(button: HTMLElement, focus = false): void {
  const panel = panelOf(button);
  const inside = panel?.contains(document.activeElement);
  hold(() => panel?.remove());
  button.setAttribute("aria-expanded", "false");
  if (focus || inside) button.focus();
}

function open(button: HTMLButtonElement): void {
  const id = idOf(button);
  const panel = make("div", { class: "try-panel", role: "group", "aria-label": word("trying") });
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close(button, true));
  panel.append(...(tries(id) === "reported" ? [tell(button, id)] : [dayField(button, id), tell(button, id), undo(button)]));
  hold(() => button.closest(".acts")?.after(panel));
  button.setAttribute("aria-expanded", "true");
}

function dayField(button: HTMLButtonElement, id: number): HTMLElement {
  const today = new Date();
  const least = new Date(today.getTime() - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const field = make("input", { type: "date", class: "input", name: "due_on", id: `due-on-${id}`, min: least, value: days.get(id) ?? "" });
  field.addEventListener("change", () => void setDay(button, id, field.value));
  return make("p", { class: "try-day" }, make("label", { for: field.id }, word("try-day")), field);
}

async function setDay(button: HTMLButtonElement, id: number, day: string): Promise<void> {
  const said = await send(button.formAction.replace(/\/try$/, "/due"), { due_on: day });
  if (!said.ok) return toast(said.error);
  days.set(id, day);
  toast(word(day ? "day-set" : "day-cleared"));
}

function tell(button: HTMLButtonElement, id: number): HTMLElement {
  const network = location.pathname.match(/^.*?\/n\/[^/]+/)?.[0] ?? "";
  const href = button.dataset.tell ?? `${network}/share/tried_it?about=${id}`;
  return make("a", { class: "button button-plain button-small", href }, word("how-did-it-go"));
}

function undo(button: HTMLButtonElement): HTMLElement {
  return textButton(word("undo"), "quiet", () => {
    close(button, true);
    announce(word("try-undone"));
    void promise(button, false);
  });
}

function press(button: HTMLButtonElement): void {
  if (panelOf(button)) return close(button, true);
  const promised = ["open", "reported"].includes(tries(idOf(button)));
  if (!promised) {
    void promise(button, true);
    announce(word("try-said"));
  }
  open(button);
}

export function start(): void {
  document.addEventListener("try:state", (event) => show(event.target as HTMLButtonElement));
  on("click", "button[data-try][formaction]", (event, button) => {
    event.preventDefault();
    press(button as HTMLButtonElement);
  });
}
