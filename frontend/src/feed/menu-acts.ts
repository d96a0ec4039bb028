// What a card's menu does without leaving the page: save, delete, copy the link.
//   button[data-act="save"], button[data-act="remove"] in a form of the menu; a[data-copy-link], data-note: who can open it
import { on, tell } from "../dom";
import { isSaved, setSaved } from "../live/mine";
import { addressOf, card, hold, pageOf } from "../live/page";
import { toast } from "../toast";
import { word } from "../words";
import { idOf } from "./acts";
import { send } from "./send";

async function save(form: HTMLFormElement, id: number): Promise<void> {
  const wish = !isSaved(id);
  const said = await send(form.action, { on: wish ? "1" : "0" });
  if (!said.ok) return toast(said.error);
  setSaved(id, wish);
  const label = form.querySelector("span");
  if (label) label.textContent = word(wish ? "unsave" : "save");
  toast(word(wish ? "saved-it" : "unsaved-it"));
}

async function remove(form: HTMLFormElement, id: number): Promise<void> {
  // before it is sent: the live line may tell of it before the answer is here
  document.body.dataset.tookBack = String(id);
  const said = await send(form.action);
  if (!said.ok) return toast(said.error);
  toast(word("removed"));
  if (pageOf() === id) tell(document, "live:reload", { streams: [`contribution:${id}`] });
  else hold(() => card(id)?.remove());
}

function copy(event: MouseEvent, link: HTMLAnchorElement): void {
  if (!navigator.clipboard || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const address = new URL(link.getAttribute("href") ?? addressOf(idOf(link)), location.href).href;
  const said = `${word("copied")}. ${link.dataset.note ?? ""}`.trim();
  void navigator.clipboard.writeText(address).then(
    () => toast(said),
    () => location.assign(address),
  );
}

export function start(): void {
  on("submit", ".menu-list form", (event, form) => {
    const act = form.querySelector<HTMLElement>("[data-act]")?.dataset.act;
    if (event.defaultPrevented || (act !== "save" && act !== "remove")) return;
    event.preventDefault();
    form.closest("details")?.removeAttribute("open");
    void (act === "save" ? save : remove)(form as HTMLFormElement, idOf(form));
  });
  on("click", "a[data-copy-link]", (event, link) => copy(event, link as HTMLAnchorElement));
}
