// Sharing without one's name, in the composer: while the switch is on, the row that stands for the post on its way
// shows no face and no name either, and a space in which it does not go is said at once.
//   [data-unnamed-in="3 9"]         the switch's frame: the spaces in which it goes
//   data-unnamed-done               on it: what is said once it went
//   template[data-echo-head]        twice: the head of that row with the name, and without
import { on } from "../dom";
import { toast, toastNext } from "../toast";

/** What to say once the form of that name went. */
let onItsWay: { form: string; sentence: string } | null = null;

function turn(form: HTMLFormElement): void {
  const ticked = form.querySelector<HTMLInputElement>("input[name=sealed]")?.checked ?? false;
  const echo = form.querySelector<HTMLTemplateElement>("template[data-echo]")?.content.querySelector(".card-head");
  const heads = form.querySelectorAll<HTMLTemplateElement>("template[data-echo-head]");
  const head = heads[ticked ? 1 : 0]?.content.firstElementChild;
  if (echo && head) echo.replaceWith(head.cloneNode(true));
  say(form, ticked);
}

/** The button says what it will do: on a phone the switch itself is out of sight by then. */
function say(form: HTMLFormElement, ticked: boolean): void {
  const button = form.querySelector<HTMLElement>(".composer-end button[type=submit] span");
  const words = form.querySelector<HTMLElement>("[data-unnamed-say]")?.dataset.unnamedSay;
  if (!button || !words) return;
  button.dataset.named ??= button.textContent ?? "";
  button.textContent = ticked ? words : button.dataset.named;
}

function fits(form: HTMLFormElement): void {
  const frame = form.querySelector<HTMLElement>("[data-unnamed-in]");
  const space = form.querySelector<HTMLSelectElement>("select[name=space]")?.value ?? "";
  const box = form.querySelector<HTMLInputElement>("input[name=sealed]");
  if (!frame || !box) return;
  const goes = (frame.dataset.unnamedIn ?? "").split(" ").includes(space);
  box.setCustomValidity(box.checked && !goes ? frame.dataset.unnamedNot ?? "" : "");
}

function goes(form: HTMLFormElement): void {
  const ticked = form.querySelector<HTMLInputElement>("input[name=sealed]")?.checked ?? false;
  const sentence = form.querySelector<HTMLElement>("[data-unnamed-done]")?.dataset.unnamedDone;
  onItsWay = ticked && sentence ? { form: form.dataset.draft ?? "", sentence } : null;
}

function went(sent: { form?: string; post?: string }): void {
  if (!onItsWay || sent.post !== "card" || sent.form !== onItsWay.form) return;
  const { sentence } = onItsWay;
  onItsWay = null;
  const form = document.querySelector<HTMLElement>(`form[data-draft="${sent.form}"]`);
  if (form?.dataset.postList === "[data-feed]") toast(sentence);
  else toastNext(sentence);
}

export function start(): void {
  on("submit", 'form[data-post="card"]', (_event, form) => goes(form as HTMLFormElement), { capture: true });
  document.addEventListener("outbox:sent", (event) => went((event as CustomEvent<{ form?: string; post?: string }>).detail));
  on("change", "input[name=sealed], select[name=space]", (_event, field) => {
    const form = (field as HTMLInputElement).form;
    if (!form) return;
    turn(form);
    fits(form);
  });
}
