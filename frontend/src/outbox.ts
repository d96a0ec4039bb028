// Posting that is never lost and never doubled.
//   data-post="reply"     on a form: it is sent by fetch, with an Idempotency-Key of its own; without scripts it posts.
//                         Its row goes to [data-children=parent_id] or [data-replies=data-contribution]
//   data-post="card"      its row goes to the top of [data-feed]; where there is none the answer's `address` is next
//   data-post-wordless    a choice is enough to be sent, as how it went
//   data-post-list="#id"  its row goes there instead; <template data-echo> in the form makes the row (outbox-row.ts)
// The answer is JSON {id, html?, address?}: `html` takes the row's place, unless a live event has brought the element
// (#reply-7, #c-7) already; without html the row waits for it. 4xx answers JSON {error}, a sentence, shown in the row with
// the way back into the form. A row whose connection was lost is sent once more by itself, then only by its person; also
// after a reload. Events: on the form `draft:hold` and what follows it (drafts.ts); on the document `outbox:sent`
// {key, id, post, form, draft} and `outbox:back` (draft-left.ts). The server ends the draft in the act of posting, so no save
// of it may come after that.
import { announce } from "./announce";
import { each, meta, on, tell } from "./dom";
import { numberIn, type Posting } from "./draft-server";
import { pack, read, written, type Fields } from "./fields";
import { place, Row } from "./outbox-row";
import { csrfToken, renewToken, sentenceOf } from "./server";
import { forget, keep, kept, keysOf } from "./store";
import { toast } from "./toast";
import { word } from "./words";
import { clear, tellWrong } from "./wrong";

const AGAIN_MS = 3000;
const MOST_WAIT_MS = 30_000;
/** A connection that is dead but not closed never says so; what is sent again is posted once. */
const DEAD_MS = 60_000;

export interface Entry {
  key: string;
  post: string;
  url: string;
  /** Selectors of the places for the row, the best one first. */
  lists: string[];
  form: string;
  text: string;
  fields: Fields;
  /** The draft that it comes from. */
  draft?: string;
  lost: number;
  refused?: string;
  /** Findings that the author is asked about (privacy.ts): sending again with these marks is their decision. */
  asked?: string[];
}

interface Asked {
  error?: string;
  html?: string;
  findings?: { mark: string }[];
}

interface Answer {
  id?: number;
  html?: string;
  address?: string;
}

const name = (entry: Entry): string => `outbox:${entry.key}`;

function listsOf(form: HTMLFormElement, fields: Fields): string[] {
  const { post, postList, contribution } = form.dataset;
  if (postList) return [postList];
  if (post === "card") return ["[data-feed]"];
  const parent = fields.find(([field]) => field === "parent_id")?.[1];
  const whole = contribution ? [`[data-replies="${contribution}"]`] : [];
  const flat = document.querySelector(`[data-flat][data-replies="${contribution}"]`);
  return parent && !flat ? [`[data-children="${parent}"]`, ...whole] : whole;
}

const buttons = (form: HTMLFormElement): HTMLElement[] => Array.from(form.querySelectorAll<HTMLElement>('button:not([type="button"])'));

// Where no row keeps a post, its key is kept beside the draft: the same words sent again, as after an answer that was
// lost or a reload, are the same post.
function sum(fields: Fields): number {
  // a page draws a fresh one each time
  const said = fields.filter(([field]) => field !== "key");
  return Array.from(JSON.stringify(said)).reduce((all, letter) => (Math.imul(all, 31) + letter.charCodeAt(0)) | 0, 7);
}

function keyOf(form: HTMLFormElement, fields: Fields): string {
  const before = kept<{ key: string; sum: number }>(`posting:${form.dataset.draft}`);
  return before?.sum === sum(fields) ? before.key : crypto.randomUUID();
}

function queue(form: HTMLFormElement, fields: Fields): void {
  if (form.dataset.sending) return;
  const words = form.querySelector<HTMLElement>("trix-editor")?.innerText ?? form.querySelector("textarea")?.value;
  const entry: Entry = {
    key: keyOf(form, fields),
    post: form.dataset.post ?? "",
    url: form.action,
    lists: listsOf(form, fields),
    form: form.dataset.draft ?? "",
    text: words?.trim() ?? "",
    fields,
    lost: 0,
  };
  const posting: Posting = { wait: [], draft: () => "" };
  tell(form, "draft:hold", posting);
  entry.draft = posting.draft();
  const row = Row.show(entry, form);
  if (row) {
    keep(name(entry), entry);
    done(form);
  }
  else {
    form.dataset.sending = "yes";
    buttons(form).forEach((button) => button.setAttribute("aria-busy", "true"));
    keep(`posting:${entry.form}`, { key: entry.key, sum: sum(fields) });
    clear(form);
  }
  row?.sending();
  void Promise.all(posting.wait).then(() => {
    entry.draft = posting.draft();
    if (row) keep(name(entry), entry);
    return send(entry, row, form);
  });
}

function done(form: HTMLFormElement): void {
  forget(`posting:${form.dataset.draft}`);
  delete form.dataset.sending;
  form.reset();
  tell(form, "draft:done");
}

function goOn(form: HTMLFormElement): void {
  delete form.dataset.sending;
  buttons(form).forEach((button) => button.removeAttribute("aria-busy"));
  tell(form, "draft:goon");
}

async function send(entry: Entry, row: Row | null, form: HTMLFormElement | null = null, renewed = false): Promise<void> {
  row?.sending();
  const answer = await post(entry).catch(() => null);
  if (answer?.status === 400 && !renewed && (await renewToken().catch(() => false))) return send(entry, row, form, true);
  if (answer?.ok) {
    if (!row && form) done(form);
    return sent(entry, row, (await answer.json().catch(() => ({}))) as Answer);
  }
  if (!row && form) goOn(form);
  if (answer && answer.status < 500 && ![408, 429].includes(answer.status)) return refused(entry, row, answer, form);
  lost(entry, row, answer, answer?.status === 429 ? await slower(answer) : "");
}

/** Who went too fast is told when it goes on; anything else on the way is a lost connection. */
async function slower(answer: Response): Promise<string> {
  const body = await answer.text().catch(() => "");
  return sentenceOf(answer.status, answer.headers.get("Content-Type"), body);
}

function post(entry: Entry): Promise<Response> {
  const body = new FormData();
  for (const [field, value] of entry.fields) body.append(field, value);
  if (entry.draft) body.append("draft", entry.draft);
  const headers = { Accept: "application/json", "Idempotency-Key": entry.key, "X-CSRFToken": csrfToken() };
  return fetch(entry.url, { method: "POST", headers, body, signal: AbortSignal.timeout(DEAD_MS) });
}

function sent(entry: Entry, row: Row | null, answer: Answer): void {
  forget(name(entry));
  row?.replace(answer.html ?? "", `${entry.post === "card" ? "c" : "reply"}-${answer.id}`);
  announce(word("sent"));
  tell(document, "outbox:sent", { key: entry.key, id: answer.id, post: entry.post, form: entry.form, draft: entry.draft });
  if (!row && answer.address) location.assign(answer.address);
}

async function refused(entry: Entry, row: Row | null, answer: Response, form: HTMLFormElement | null): Promise<void> {
  const body = await answer.text().catch(() => "");
  if (!row && form) tellWrong(form, body);
  entry.refused = sentenceOf(answer.status, answer.headers.get("Content-Type"), body);
  const said = asked(body);
  entry.asked = said?.findings?.map((finding) => finding.mark);
  if (!row && form && said) tell(form, "privacy:asked", { html: said.html ?? "" });
  stop(entry, row, entry.refused);
}

function asked(body: string): Asked | null {
  try {
    const said = JSON.parse(body) as Asked;
    return said.error === "privacy" ? said : null;
  } catch {
    return null;
  }
}

/** "It is fine, send it": a send of its own, under a key of its own. */
function sendAsItIs(entry: Entry, row: Row): void {
  forget(name(entry));
  entry.key = crypto.randomUUID();
  for (const mark of entry.asked ?? []) entry.fields.push(["privacy_kept", mark]);
  delete entry.asked;
  delete entry.refused;
  row.rename(entry.key);
  keep(name(entry), entry);
  void send(entry, row);
}

function lost(entry: Entry, row: Row | null, answer: Response | null, sentence = ""): void {
  entry.lost += 1;
  stop(entry, row, sentence || word("not-sent"));
  if (!row || entry.lost > 1) return;
  const asked = Number(answer?.headers.get("Retry-After") ?? 0) * 1000;
  window.setTimeout(() => {
    if (kept<Entry>(name(entry))?.lost === 1) void send(entry, row);
  }, Math.min(asked || AGAIN_MS, MOST_WAIT_MS));
}

function stop(entry: Entry, row: Row | null, sentence: string): void {
  if (!row) return toast(sentence);
  keep(name(entry), entry);
  row.stopped(sentence, {
    again: () => {
      entry.lost = Math.max(entry.lost, 1);
      delete entry.refused;
      void send(entry, row);
    },
    discard: () => drop(entry, row),
    edit: () => edit(entry, row),
    keep: entry.asked?.length ? () => sendAsItIs(entry, row) : undefined,
  });
  announce(sentence);
}

function drop(entry: Entry, row: Row): void {
  forget(name(entry));
  row.remove();
  tell(document, "outbox:back", { form: entry.form, draft: entry.draft });
}

/** Back into the form; where the page shows none, through a draft to the page that does. */
function edit(entry: Entry, row: Row): void {
  const shown = row.backIntoForm(entry);
  if (!shown) keep(`draft:${entry.form}`, { body: pack(entry.fields), sequence: numberIn(entry.draft), saved: false });
  drop(entry, row);
  if (!shown) location.assign(entry.url.replace(/\/reply$/, "#reply-form"));
}

/** Rows that a reload or a crash left behind come back once their place is there. */
function bringBack(entry: Entry): void {
  const end = each(entry.lists[entry.lists.length - 1] ?? ":not(*)", () => {
    queueMicrotask(() => end());
    const shown = document.querySelector(`[data-outbox="${entry.key}"]`);
    const row = shown || !place(entry) ? null : Row.show(entry, null);
    if (!row) return;
    if (entry.refused || entry.lost > 1) return stop(entry, row, entry.refused ?? word("not-sent"));
    entry.lost += 1;
    keep(name(entry), entry);
    void send(entry, row);
  });
}

export function start(): void {
  if (!meta("account")) return;
  on("submit", "form[data-post]", (event, element) => {
    const form = element as HTMLFormElement;
    event.preventDefault();
    // reading draws what the editor still has to draw: only then does the form say whether somebody wrote
    const fields = read(form, event.submitter);
    if (written(form)) queue(form, fields);
    else form.querySelector<HTMLElement>("trix-editor, textarea")?.focus();
  });
  for (const key of keysOf("outbox:")) {
    const entry = kept<Entry>(key);
    if (entry?.lists) bringBack(entry);
  }
}
