// Posting that is never lost and never doubled.
//   data-post                 on a form: it is sent by fetch, with an Idempotency-Key of its own; without scripts it posts
//   data-post-list="#id"      where its row goes (a list of replies, the stream); data-post-at="start" puts it first
//   <template data-echo>      in the form or the list's element: the row, with [data-echo-text] for the words and
//                             [data-echo-state] for what is happening; its first element gets data-outbox=key
// The answer is JSON {id, html?, anchor?}: `html` takes the row's place, unless an element with the id of its first
// element (or `anchor`, such as reply-7) is there already from a live event. Without html the row waits for that
// element. A form without a list keeps its content until the answer, then goes to `url`. 4xx answers JSON {error}, a sentence, shown in the row with the way back into the form.
// A row whose connection was lost is sent once more by itself, then only by its person; also after a reload.
// Events on the document: `outbox:sent` {key, id}; on the form: `draft:done` when its content is safe here.
import { announce } from "./announce";
import { each, meta, on, tell } from "./dom";
import { read, written, type Fields } from "./fields";
import { Row } from "./outbox-row";
import { csrfToken, renewToken, sentenceOf } from "./server";
import { forget, keep, kept, keysOf } from "./store";
import { toast } from "./toast";
import { word } from "./words";

const AGAIN_MS = 3000;
const MOST_WAIT_MS = 30_000;

export interface Entry {
  key: string;
  url: string;
  list: string;
  form: string;
  text: string;
  fields: Fields;
  lost: number;
  refused?: string;
}

interface Answer {
  id?: number;
  url?: string;
  html?: string;
  anchor?: string;
}

const place = (entry: Entry): string => `outbox:${entry.key}`;

function queue(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const text = form.querySelector<HTMLElement>("trix-editor")?.innerText ?? form.querySelector("textarea")?.value ?? "";
  const entry: Entry = {
    key: crypto.randomUUID(),
    url: form.action,
    list: form.dataset.postList ?? "",
    form: form.dataset.draft ?? "",
    text: text.trim(),
    fields: read(form, submitter),
    lost: 0,
  };
  const row = Row.show(entry, form);
  if (row) {
    keep(place(entry), entry);
    form.reset();
    tell(form, "draft:done");
  }
  void send(entry, row);
}

async function send(entry: Entry, row: Row | null, renewed = false): Promise<void> {
  row?.sending();
  const answer = await post(entry).catch(() => null);
  if (answer?.status === 400 && !renewed && (await renewToken().catch(() => false))) return send(entry, row, true);
  if (answer?.ok) return sent(entry, row, (await answer.json().catch(() => ({}))) as Answer);
  if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 408) return refused(entry, row, answer);
  lost(entry, row, answer);
}

function post(entry: Entry): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  const headers = { Accept: "application/json", "Idempotency-Key": entry.key, "X-CSRFToken": csrfToken() };
  return fetch(entry.url, { method: "POST", headers, body });
}

function sent(entry: Entry, row: Row | null, answer: Answer): void {
  forget(place(entry));
  row?.replace(answer.html ?? "", answer.anchor ?? "");
  if (!row) {
    formOf(entry)?.dispatchEvent(new CustomEvent("draft:done"));
    if (answer.url) location.assign(answer.url);
  }
  announce(word("sent"));
  tell(document, "outbox:sent", { key: entry.key, id: answer.id });
}

async function refused(entry: Entry, row: Row | null, answer: Response): Promise<void> {
  const sentence = sentenceOf(answer.status, answer.headers.get("Content-Type"), await answer.text().catch(() => ""));
  entry.refused = sentence;
  stop(entry, row, sentence);
}

function lost(entry: Entry, row: Row | null, answer: Response | null): void {
  entry.lost += 1;
  stop(entry, row, word("not-sent"));
  if (!row || entry.lost > 1) return;
  const asked = Number(answer?.headers.get("Retry-After") ?? 0) * 1000;
  window.setTimeout(() => {
    if (kept<Entry>(place(entry))?.lost === 1) void send(entry, row);
  }, Math.min(asked || AGAIN_MS, MOST_WAIT_MS));
}

function stop(entry: Entry, row: Row | null, sentence: string): void {
  if (!row) return toast(sentence);
  keep(place(entry), entry);
  row.stopped(sentence, actions(entry, row));
  announce(sentence);
}

const formOf = (entry: Entry): HTMLFormElement | null =>
  document.querySelector<HTMLFormElement>(`form[data-post][data-draft="${CSS.escape(entry.form)}"]`);

function actions(entry: Entry, row: Row): { again: () => void; discard: () => void; edit: () => void } {
  const drop = () => {
    forget(place(entry));
    row.remove();
  };
  return {
    again: () => {
      entry.lost = Math.max(entry.lost, 1);
      delete entry.refused;
      void send(entry, row);
    },
    discard: drop,
    edit: () => row.backIntoForm(entry, drop),
  };
}

/** Rows that a reload or a crash left behind come back where they belong. */
function bringBack(list: HTMLElement): void {
  for (const key of keysOf("outbox:")) {
    const entry = kept<Entry>(key);
    if (!entry?.list || !list.matches(entry.list) || document.querySelector(`[data-outbox="${entry.key}"]`)) continue;
    const form = document.querySelector<HTMLFormElement>(`form[data-post][data-post-list="${CSS.escape(entry.list)}"]`);
    const row = form && Row.show(entry, form);
    if (!row) continue;
    if (entry.refused || entry.lost > 1) row.stopped(entry.refused ?? word("not-sent"), actions(entry, row));
    else {
      entry.lost += 1;
      keep(key, entry);
      void send(entry, row);
    }
  }
}

export function start(): void {
  if (!meta("account")) return;
  on("submit", "form[data-post]", (event, form) => {
    event.preventDefault();
    if (written(form as HTMLFormElement)) queue(form as HTMLFormElement, event.submitter);
    else form.querySelector<HTMLElement>("trix-editor, textarea")?.focus();
  });
  each("form[data-post]", (form) => {
    const list = document.querySelector<HTMLElement>(form.dataset.postList || ":not(*)");
    if (list) window.setTimeout(() => bringBack(list));
  });
}
