// What is written in an editor of a form that keeps no draft (drafts.ts) is there again after a reload, or when somebody
// comes back to the page, as the browser does it for plain fields. It stays with this entry of the tab's history.
type Words = Record<string, string>;

const FORMS = "form:not([data-draft])";

function keep(): void {
  const words: Words = {};
  for (const editor of document.querySelectorAll<HTMLElement>(`${FORMS} trix-editor`)) {
    const form = editor.closest("form");
    const hidden = document.getElementById(editor.getAttribute("input") ?? "");
    if (!form || !(hidden instanceof HTMLInputElement)) continue;
    // reading draws what the editor still has to draw
    const said = new FormData(form).get(hidden.name);
    if (typeof said === "string" && said) words[editor.id] = said;
  }
  if (!Object.keys(words).length) return;
  try {
    history.replaceState({ ...(history.state as object | null), words }, "");
  } catch {
    // longer than a history keeps
  }
}

export function start(): void {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const words = entry?.type === "navigate" ? null : (history.state as { words?: Words } | null)?.words;
  for (const [id, html] of Object.entries(words ?? {})) {
    const area = document.getElementById(id);
    if (area?.matches(`${FORMS} textarea[data-rich]`)) area.dispatchEvent(new CustomEvent("rich:set", { detail: { html }, bubbles: true }));
  }
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}
