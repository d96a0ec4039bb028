// What people whom the viewer blocked share: folded away, with a way to look all the same. Cards and replies say by whom
// they are ([data-by]); `mine` says whom the viewer blocked. What was opened stays open when it is renewed.
import { each, make, textButton } from "../dom";
import { word } from "../words";

const folded = new Set<number>();
const opened = new Set<string>();

/** Whether the viewer blocked this member. */
export const isFolded = (member: number): boolean => folded.has(member);

function fold(element: HTMLElement): void {
  const line = element.querySelector<HTMLElement>(":scope > .folded-line");
  const away = folded.has(Number(element.dataset.by)) && !opened.has(element.id);
  if (away === Boolean(line)) return;
  element.classList.toggle("is-folded", away);
  if (!away) return line?.remove();
  const look = textButton(word("folded-show"), "quiet", () => {
    opened.add(element.id);
    fold(element);
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  });
  element.prepend(make("p", { class: "folded-line muted" }, make("span", {}, word("folded")), look));
}

export function start(): void {
  document.addEventListener("mine:folded", (event) => {
    for (const id of (event as CustomEvent<{ ids: number[] }>).detail.ids) folded.add(id);
    document.querySelectorAll<HTMLElement>("[data-by]").forEach(fold);
  });
  each("[data-by]", fold);
}
