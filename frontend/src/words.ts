// The sentences that the browser says by itself, in the page's language: core/_words.html holds them, by data-word.

let known: Map<string, string> | null = null;

function words(): Map<string, string> {
  if (!known) {
    const spans = document.querySelector<HTMLTemplateElement>("#words")?.content.querySelectorAll<HTMLElement>("[data-word]");
    known = new Map(Array.from(spans ?? [], (span) => [span.dataset.word ?? "", span.textContent ?? ""]));
  }
  return known;
}

/** The sentence of that name, `{place}` filled in. */
export function word(name: string, values: Record<string, string | number> = {}): string {
  const sentence = words().get(name) ?? name;
  return sentence.replace(/\{(\w+)\}/g, (_whole, key: string) => String(values[key] ?? ""));
}

export const locale: string = document.documentElement.lang || "en";
