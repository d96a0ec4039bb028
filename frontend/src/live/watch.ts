// Which contributions' streams are heard: those of the cards on the screen and a little around it, and the one whose page
// this is. A card that came back into sight catches up from where it was left.
import { each, tell } from "../dom";

const NEAR = "600px 0px";
const AT_MOST = 60;
const near = new Map<string, number>();

function seen(changes: IntersectionObserverEntry[]): void {
  const join: string[] = [];
  const leave: string[] = [];
  for (const { target, isIntersecting } of changes) {
    const stream = `contribution:${(target as HTMLElement).dataset.contribution}`;
    if (isIntersecting && target.isConnected) {
      near.set(stream, performance.now());
      join.push(stream);
    } else if (near.delete(stream)) leave.push(stream);
  }
  leave.push(...tooMany());
  if (leave.length) tell(document, "live:leave", { streams: leave });
  if (join.length) tell(document, "live:join", { streams: join.filter((stream) => near.has(stream)) });
}

function tooMany(): string[] {
  const oldest = Array.from(near.keys()).slice(0, Math.max(0, near.size - AT_MOST));
  oldest.forEach((stream) => near.delete(stream));
  return oldest;
}

export function start(): void {
  const observer = new IntersectionObserver(seen, { rootMargin: NEAR });
  each("[data-page]", (page) => tell(document, "live:join", { streams: [`contribution:${page.dataset.page}`] }));
  each("article[data-contribution]", (card) => {
    if (!card.closest("[data-page]")) observer.observe(card);
  });
}
