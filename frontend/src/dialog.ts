// Native dialogs.
//   data-dialog="id"          on a button: opens <dialog id>
//   data-dialog-load          on a link: its address's fragment, in #dialog; without scripts the link is a page
//   data-close="dialog"       closes the dialog around it; also banner: removes the .banner around it
//   `dialog:close` event      closes what is open (htmx: `HX-Trigger: dialog:close`)
// A press on the veil closes a dialog in which nothing was typed.
import { each, on } from "./dom";
import { load } from "./htmx";

export function open(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector<HTMLElement>("[autofocus]")?.focus();
}

async function openLoaded(event: Event, link: HTMLElement): Promise<void> {
  const dialog = document.getElementById("dialog");
  if (!(dialog instanceof HTMLDialogElement) || (event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey) return;
  event.preventDefault();
  dialog.replaceChildren();
  await load(link.getAttribute("href") ?? "", dialog);
  if (dialog.childElementCount) open(dialog);
}

const typed = (dialog: HTMLElement): boolean =>
  Array.from(dialog.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")).some(
    (field) => field.type !== "hidden" && field.value !== field.defaultValue,
  );

export function start(): void {
  on("click", "[data-dialog]", (_event, opener) => {
    const dialog = document.getElementById(opener.dataset.dialog ?? "");
    if (dialog instanceof HTMLDialogElement) open(dialog);
  });
  on("click", "a[data-dialog-load]", (event, link) => void openLoaded(event, link));
  on("click", '[data-close="dialog"]', (_event, button) => button.closest("dialog")?.close());
  on("click", '[data-close="banner"]', (_event, button) => button.closest(".banner")?.remove());
  on("mousedown", "dialog.dialog", (event, dialog) => {
    if (event.target === dialog && !typed(dialog)) (dialog as HTMLDialogElement).close();
  });
  document.addEventListener("dialog:close", () =>
    document.querySelectorAll<HTMLDialogElement>("dialog[open]").forEach((dialog) => dialog.close()),
  );
  each("[data-focus]", (element) => element.focus());
}
