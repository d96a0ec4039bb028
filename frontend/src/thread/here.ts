// Who is here now: said to the server while this page is looked at, and shown, without oneself.
//   details[data-here="7"]      with [data-here-words], [data-here-faces], ul[data-here-names], form[data-here-wish]
import { make, on } from "../dom";
import { send } from "../feed/send";
import { hear } from "../live/hear";
import { me } from "../live/mine";
import { words } from "../live/page";
import { ask, whisper } from "../live/socket";
import { toast } from "../toast";
import { word } from "../words";

interface Someone {
  id: number;
  name: string;
}

const RESEATED_MS = 1500;
let stream = "";

const firstName = (name: string): string => name.split(" ")[0] ?? name;

function sentence(people: Someone[], others: number): string {
  const [one = "", two = ""] = people.map((each) => firstName(each.name));
  if (others === 1) return word("here-one", { name: one });
  if (others === 2) return word("here-two", { name: one, other: two });
  return words("here-more", others - 1, { name: one });
}

function show(said: { stream?: unknown; count?: unknown; people?: unknown }): void {
  const place = document.querySelector<HTMLElement>("[data-here]");
  if (said.stream !== stream || !place || !Array.isArray(said.people)) return;
  const all = said.people as Someone[];
  const people = all.filter((each) => each.id !== me());
  const others = Math.max(people.length, Number(said.count) - (all.length - people.length));
  place.hidden = !people.length;
  const line = place.querySelector("[data-here-words]");
  if (line && people.length) line.textContent = sentence(people, others);
  const names = people.map((each) => make("li", {}, each.name));
  if (others > people.length) names.push(make("li", {}, words("and-more", others - people.length)));
  place.querySelector("[data-here-names]")?.replaceChildren(...names);
}

async function say(): Promise<void> {
  if (document.hidden) return whisper("presence:away", { stream });
  const said = await ask("presence:here", { stream });
  if (said) show(said);
}

export function start(thread: HTMLElement): void {
  stream = `contribution:${thread.dataset.thread}`;
  hear(["presence"], show);
  document.addEventListener("live:joined", (event) => {
    if ((event as CustomEvent<{ streams: string[] }>).detail.streams.includes(stream)) void say();
  });
  // it went to another space: who still hears it sits there anew, and says so again
  hear(["access:changed"], (event) => {
    if (event.stream === stream) window.setTimeout(() => void say(), RESEATED_MS);
  });
  document.addEventListener("visibilitychange", () => void say());
  on("submit", "form[data-here-wish]", (event) => event.preventDefault());
  on("change", "form[data-here-wish] input", (_event, input) => {
    const box = input as HTMLInputElement;
    void send(box.form?.action ?? "", { hidden: box.checked ? "1" : "0" }).then((said) => (said.ok ? say() : toast(said.error)));
  });
  void say();
}
