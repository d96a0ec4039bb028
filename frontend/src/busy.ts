// A plain form posts once: its button rests while the answer is on its way, and wakes when the page comes back.
// Without a connection it stays where it is: the browser would put a page of its own in its place, and the words away.
import { on } from "./dom";
import { toast } from "./toast";
import { word } from "./words";

const buttons = (form: HTMLElement): HTMLButtonElement[] =>
  Array.from(form.querySelectorAll<HTMLButtonElement>('button:not([type="button"])'));

export function start(): void {
  on("submit", 'form[method="post"]:not([data-post])', (event, form) => {
    if (event.defaultPrevented || (event.submitter as HTMLElement | null)?.matches("[aria-busy]")) return;
    if (!navigator.onLine) {
      event.preventDefault();
      return toast(word("offline"));
    }
    // after this turn, so that the pressed button's own name and value are still sent
    window.setTimeout(() => buttons(form).forEach((button) => button.setAttribute("aria-busy", "true")));
  });
  on("click", 'button[aria-busy="true"]', (event) => event.preventDefault());
  window.addEventListener("pageshow", () =>
    document.querySelectorAll("button[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")),
  );
}
