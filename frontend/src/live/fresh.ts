// When too much was missed to be told one by one, the page asks for itself again and takes over what is new, in place:
// what somebody is writing, and where they are reading, stays.
import { process } from "../htmx";
import { renew } from "./cards";
import { addressOf, card, hold, pageOf } from "./page";
import * as pill from "./pill";
import { insert, renew as renewReply, takeAway } from "./replies";

const ONE_BY_ONE = 5;

async function ask(address: string, fragment: boolean): Promise<Document | null> {
  const headers: Record<string, string> = { Accept: "text/html" };
  if (fragment) headers["HX-Request"] = "true";
  const answer = await fetch(address, { headers }).catch(() => null);
  if (answer?.status === 404) return document.implementation.createHTMLDocument();
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

const adopt = <T extends Element>(element: T): T => document.importNode(element, true);

/** What the fragment says is the viewer's own. */
function takeMine(from: Document): void {
  const block = from.querySelector<HTMLElement>("data.mine");
  if (block) document.getElementById("main")?.append(adopt(block));
}

function mergeReplies(root: number, from: ParentNode): void {
  const fresh = Array.from(from.querySelectorAll<HTMLElement>(`[data-replies="${root}"] [data-reply]`), adopt);
  const first = Math.min(...fresh.map((element) => Number(element.dataset.position)));
  const ids = new Set(fresh.map((element) => element.id));
  for (const shown of document.querySelectorAll<HTMLElement>(`[data-replies="${root}"] [data-reply]`))
    if (Number(shown.dataset.position) >= first && !ids.has(shown.id)) takeAway(shown);
  for (const element of fresh) {
    element.querySelectorAll("[data-children] > li").forEach((child) => child.remove());
    const shown = document.getElementById(element.id);
    if (shown) renewReply(shown, element);
    else insert(root, element);
  }
}

async function freshPage(id: number): Promise<void> {
  const found = await ask(location.pathname + location.search, false);
  if (!found) return;
  const [shown, fresh] = [card(id), found.getElementById(`c-${id}`)];
  if (!shown || !fresh) return void document.dispatchEvent(new CustomEvent("live:lost", { detail: { streams: [`contribution:${id}`] } }));
  if (shown.dataset.contribution && fresh.dataset.contribution) hold(() => renew(shown, adopt(fresh)));
  else {
    const whole = adopt(fresh);
    shown.replaceWith(whole);
    process(whole);
  }
  mergeReplies(id, found);
  takeMine(found);
}

async function freshCard(id: number): Promise<void> {
  const found = card(id) && (await ask(`${addressOf(id)}/fresh`, true));
  const [shown, fresh] = [card(id), found?.getElementById(`c-${id}`)];
  if (!found || !shown) return;
  if (!fresh) return hold(() => shown.remove());
  hold(() => renew(shown, adopt(fresh)));
  mergeReplies(id, found);
  takeMine(found);
}

async function freshFeed(): Promise<void> {
  const found = await ask(location.pathname + location.search, true);
  const fresh = Array.from(found?.querySelectorAll<HTMLElement>("article[data-contribution]") ?? []).reverse();
  if (found && !fresh.some((element) => document.getElementById(element.id))) pill.missedMore();
  for (const element of fresh) {
    const shown = document.getElementById(element.id);
    if (shown) hold(() => renew(shown, adopt(element)));
    else pill.keep(Number(element.dataset.contribution), adopt(element));
  }
  if (found) takeMine(found);
}

function reload(streams: string[]): void {
  const ids = streams.filter((stream) => stream.startsWith("contribution:")).map((stream) => Number(stream.split(":")[1]));
  const page = pageOf();
  // a long talk asks for its own stretch again
  if (document.querySelector("[data-thread]")) return;
  if (page && ids.includes(page)) return void freshPage(page);
  if (page) return;
  const feed = document.querySelector<HTMLElement>("[data-feed]");
  if (feed && (ids.length > ONE_BY_ONE || streams.some((stream) => stream.startsWith("space:")))) void freshFeed();
  ids.slice(0, ONE_BY_ONE).forEach((id) => void freshCard(id));
}

export function start(): void {
  document.addEventListener("live:reload", (event) => reload((event as CustomEvent<{ streams: string[] }>).detail.streams));
}
