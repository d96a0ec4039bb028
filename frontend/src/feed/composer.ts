// The composer inside the feed: opens in place with the focus where one writes, keeps the words when the kind changes,
// says who will see it, and closes when the post is on its way. Posting itself is outbox.ts.
//   [data-composer-closed]      the invitation; a[data-compose] loads a kind's form into [data-composer-place]
//   form[data-post=card]        the form; select[data-audience] says by data-audience-url who sees a choice
//   [data-composer-close]       puts the invitation back; what was written stays in the form. On a page of its own: back to
//                               where one was, else to that address, where [data-composer-kept] is said
//   [data-begun="question:"]    a line that leads to this form: it goes once the form is here
import { each, make, on, writingIn } from "../dom";
import { read, write, written, type Fields } from "../fields";
import { toastNext } from "../toast";

let carried: Fields | null = null;

const closed = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-composer-closed]");
const place = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-composer-place]");

function show(open: boolean): void {
  const [before, inside] = [closed(), place()];
  if (!before || !inside) return;
  before.hidden = open;
  inside.hidden = !open;
}

function focusField(): void {
  const field = document.querySelector<HTMLElement>('form[data-post="card"] :is(trix-editor, textarea[data-rich])');
  // it may have been long on its way: who writes elsewhere by now stays there
  if (!writingIn()) field?.focus({ preventScroll: true });
}

function cameIn(event: Event): void {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  const form = document.querySelector<HTMLFormElement>('form[data-post="card"]');
  if (!form || !(target.matches("[data-composer-place]") || target.matches("[data-composer]") || target.contains(form))) return;
  if (carried) write(form, carried);
  carried = null;
  show(true);
  focusField();
}

// The words go along to the other kind; the choices of one kind mean nothing in another.
function leaving(event: Event): void {
  const form = (event.target as HTMLElement).querySelector?.<HTMLFormElement>('form[data-post="card"]');
  if (!form || !written(form)) return;
  carried = read(form).filter(([name]) => name !== "about");
  form.dispatchEvent(new CustomEvent("draft:drop"));
}

async function sayAudience(select: HTMLSelectElement): Promise<void> {
  const hint = document.getElementById(select.dataset.audience ?? "");
  const chosen = select.selectedOptions[0];
  if (!hint || !chosen?.dataset.audienceUrl) return;
  const answer = await fetch(chosen.dataset.audienceUrl, { headers: { "HX-Request": "true" } }).catch(() => null);
  const said = answer?.ok ? make("p", {}) : null;
  if (said && answer) said.append(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent?.trim() ?? "");
  if (select.selectedOptions[0] === chosen) hint.textContent = said?.textContent ?? "";
}

/** On a phone the open form is longer than the screen: once it has closed, one's own post would be above what one sees. */
function bring(post: Element | null): void {
  if (post && post.getBoundingClientRect().top < 0) post.scrollIntoView({ block: "start", behavior: "instant" });
}

function onItsWay(): void {
  show(false);
  bring(document.querySelector("[data-feed] [data-outbox]"));
}

/** From a page of its own. */
function leave(button: HTMLElement): void {
  const form = document.querySelector<HTMLFormElement>('form[data-post="card"]');
  if (form && written(form)) toastNext(button.dataset.composerKept ?? "");
  const before = document.referrer.startsWith(`${location.origin}/`) && document.referrer !== location.href;
  if (before && history.length > 1) history.back();
  else location.assign(button.dataset.composerClose || "/");
}

/** The row goes to the top of this feed when the post will show here; else the post's own page is next. */
function aim(form: HTMLFormElement): void {
  const space = form.querySelector<HTMLSelectElement>("select[name=space]")?.value;
  const feed = document.querySelector<HTMLElement>('[data-feed][data-live="yes"]');
  const shows = feed && (!feed.dataset.space || feed.dataset.space === space);
  form.dataset.postList = shows ? "[data-feed]" : ":not(*)";
}

export function start(): void {
  document.addEventListener("htmx:beforeSwap", leaving);
  document.addEventListener("htmx:afterSwap", cameIn);
  document.addEventListener("outbox:sent", (event) => {
    const sent = (event as CustomEvent<{ id?: number; post: string }>).detail;
    if (sent.post === "card") bring(document.getElementById(`c-${sent.id}`));
  });
  on("change", "select[data-audience]", (_event, select) => void sayAudience(select as HTMLSelectElement));
  on("click", "[data-composer-close]", (_event, button) => {
    if (!closed()) return leave(button);
    show(false);
    closed()?.querySelector<HTMLElement>("[data-compose]")?.focus();
  });
  each('form[data-post="card"]', (element) => {
    const form = element as HTMLFormElement;
    aim(form);
    document.querySelector(`[data-begun="${form.dataset.draft}"]`)?.remove();
    form.addEventListener("draft:done", () => form.dataset.postList === "[data-feed]" && onItsWay());
    form.addEventListener("fields:written", () => show(true));
  });
  on("submit", 'form[data-post="card"]', (_event, form) => aim(form as HTMLFormElement), { capture: true });
}
