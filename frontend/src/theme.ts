// Light, dark, or as the device: radio buttons in [data-theme-choice], kept in a cookie that the server reads, so that
// the next page comes in the right colours at once.
import { each, on } from "./dom";

const YEAR_S = 31_536_000;

function choose(theme: string): void {
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? YEAR_S : 0}; samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export function start(): void {
  each("[data-theme-choice]", (box) => box.removeAttribute("hidden"));
  on("change", "[data-theme-choice] input", (_event, input) => choose((input as HTMLInputElement).value));
}
