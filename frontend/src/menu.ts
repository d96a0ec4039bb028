// <details data-menu>: one open at a time; Escape and a press outside close it; arrows walk through its items; it opens
// upwards where there is no room below. Without scripts it still opens and closes.
import { each, on } from "./dom";

const ITEMS = "a[href], button:not(:disabled), input";

function close(menu: HTMLElement, focusBack: boolean): void {
  menu.removeAttribute("open");
  if (focusBack) menu.querySelector("summary")?.focus();
}

function openMenus(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>("details[data-menu][open]"));
}

function place(menu: HTMLElement): void {
  const list = menu.querySelector<HTMLElement>(".menu-list");
  const top = menu.getBoundingClientRect().top;
  menu.classList.remove("menu-up");
  if (list && list.getBoundingClientRect().bottom > window.innerHeight && list.offsetHeight < top - 60)
    menu.classList.add("menu-up");
}

function walk(event: KeyboardEvent, menu: HTMLElement): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  if (event.target instanceof HTMLInputElement || step === undefined) return;
  event.preventDefault();
  menu.setAttribute("open", "");
  const items = Array.from(menu.querySelectorAll<HTMLElement>(`.menu-list :is(${ITEMS})`));
  const here = items.indexOf(document.activeElement as HTMLElement);
  const next = Number.isFinite(step) ? (here + step + items.length) % items.length : step < 0 ? 0 : items.length - 1;
  items[here < 0 && step === -1 ? items.length - 1 : next]?.focus();
}

export function start(): void {
  each("details[data-menu]", (menu) =>
    menu.addEventListener("toggle", () => {
      if (!menu.hasAttribute("open")) return;
      openMenus().filter((other) => other !== menu).forEach((other) => close(other, false));
      place(menu);
    }),
  );
  on("keydown", "details[data-menu]", (event, menu) => {
    if (event.key === "Escape" && menu.hasAttribute("open")) close(menu, true);
    else walk(event, menu);
  });
  document.addEventListener("click", (event) => {
    const inside = event.target instanceof Element ? event.target : null;
    for (const menu of openMenus()) {
      const item = inside?.closest("a.menu-item, button.menu-item");
      if (!inside || !menu.contains(inside) || item) close(menu, Boolean(item));
    }
  });
  document.addEventListener("focusin", (event) =>
    openMenus()
      .filter((menu) => !menu.contains(event.target as Node))
      .forEach((menu) => close(menu, false)),
  );
}
