// What a screen reader should hear once: several sentences within a moment become one announcement.

let waiting: string[] = [];
let timer = 0;

/** Say it politely. The same sentence twice in one moment is said once. */
export function announce(sentence: string): void {
  if (!sentence || waiting.includes(sentence)) return;
  waiting.push(sentence);
  window.clearTimeout(timer);
  timer = window.setTimeout(speak, 200);
}

function speak(): void {
  const region = document.getElementById("announce");
  if (region) region.textContent = waiting.join(" ");
  waiting = [];
  timer = window.setTimeout(() => region?.replaceChildren(), 6000);
}
