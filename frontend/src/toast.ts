// A short message at the edge of the page, said once to a screen reader, gone after a while unless one looks at it.
// data-say="sentence" on a button shows it. A `toast` event on the document does too (htmx: `HX-Trigger: {"toast": "Saved."}`).
import { announce } from "./announce";
import { iconButton, make, on, textButton } from "./dom";
import { word } from "./words";

const STAYS_MS = 7000;
const NEXT = "tl:say";

export interface Action {
  label: string;
  run: () => void;
}

export function toast(sentence: string, action?: Action): void {
  const place = document.getElementById("toasts");
  if (!place || !sentence) return;
  const element = make("div", { class: "toast" }, make("p", {}, sentence));
  const leave = () => element.remove();
  if (action) {
    const button = textButton(action.label, "quiet", () => {
      leave();
      action.run();
    });
    button.className = "";
    element.append(button);
  }
  const close = iconButton(word("close"), "close", leave);
  close.className = "";
  element.append(close);
  place.append(element);
  announce(sentence);
  leaveLater(element, leave);
}

function leaveLater(element: HTMLElement, leave: () => void): void {
  let timer = window.setTimeout(leave, STAYS_MS);
  for (const stay of ["mouseenter", "focusin"]) element.addEventListener(stay, () => window.clearTimeout(timer));
  for (const go of ["mouseleave", "focusout"])
    element.addEventListener(go, () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(leave, STAYS_MS);
    });
}

/** What is said on the next page, and on no later one. */
export function toastNext(sentence: string): void {
  try {
    sessionStorage.setItem(NEXT, sentence);
  } catch {
    // then it is not said
  }
}

function sayNext(): void {
  try {
    const sentence = sessionStorage.getItem(NEXT);
    sessionStorage.removeItem(NEXT);
    toast(sentence ?? "");
  } catch {
    // nothing was kept then
  }
}

export function start(): void {
  // also when the browser shows a page again as it was left
  window.addEventListener("pageshow", sayNext);
  on("click", "[data-say]", (_event, element) => toast(element.dataset.say ?? ""));
  document.addEventListener("toast", (event) => {
    const detail: unknown = (event as CustomEvent).detail;
    toast(typeof detail === "string" ? detail : String((detail as { value?: string })?.value ?? ""));
  });
}
