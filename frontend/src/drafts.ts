// A half-written form saves itself: in this browser at once, on the server soon after.
//   data-draft="update:" or "reply:7"  on the form: what is kept locally goes by this name
//   data-draft-url                     GET gives {body, sequence}, no draft is sequence 0; PUT takes {body, sequence}, the
//                                      sequence being the last one seen here, and answers {sequence}; 409 answers
//                                      {draft: {body, sequence}}, the newer one; DELETE (by outbox.ts) ends it
//   data-draft-state                   a line inside the form: says "Saved", or where
// `body` is an object of lists: {name: [value, …]}. Restored when the form comes; forgotten when it was posted
// (`draft:done` on the form). A stale tab is told, and its person chooses.
import { announce } from "./announce";
import { each, textButton } from "./dom";
import { pack, read, unpack, write, written, type Packed } from "./fields";
import { csrfToken } from "./server";
import { forget, heardElsewhere, keep, kept, keysOf } from "./store";
import { word } from "./words";

const LOCAL_MS = 300;
const SERVER_MS = 2000;

interface Draft {
  body: Packed | null;
  sequence: number;
}
type Kept = Draft & { saved: boolean };

const same = (one: Packed | null, other: Packed | null): boolean => JSON.stringify(one) === JSON.stringify(other);

class DraftKeeper {
  private sequence = 0;
  private onServer = false;
  private readonly key: string;
  private readonly line: HTMLElement | null;
  private timers: number[] = [];
  private busy = false;
  private stale = false;
  private touched = false;

  constructor(private readonly form: HTMLFormElement) {
    this.key = `draft:${form.dataset.draft}`;
    this.line = form.querySelector<HTMLElement>("[data-draft-state]");
    void this.begin();
    for (const change of ["input", "change", "rich:change"]) form.addEventListener(change, () => this.changed());
    form.addEventListener("draft:done", () => this.done());
    heardElsewhere(this.key, () => this.elsewhere());
    window.addEventListener("online", () => kept<Kept>(this.key)?.saved === false && void this.save());
    window.addEventListener("pagehide", () => this.timers.length && this.keepHere());
  }

  private async begin(): Promise<void> {
    const here = kept<Kept>(this.key);
    if (here) this.fill(here);
    const there = await this.ask().catch(() => null);
    if (!there) return here?.saved === false ? this.saveSoon() : undefined;
    this.onServer = there.sequence > 0;
    if (there.sequence === (here?.sequence ?? 0)) return here?.saved === false ? this.saveSoon() : undefined;
    if (here?.saved === false || this.touched) this.tellStale(there);
    else if (there.body && !this.waits()) this.fill(there);
    else this.gone(there, here !== null);
  }

  /** Posted or discarded elsewhere since: what is kept here is old. */
  private gone(there: Draft, here: boolean): void {
    this.sequence = there.sequence;
    forget(this.key);
    if (here) this.form.reset();
  }

  private async ask(): Promise<Draft> {
    const answer = await fetch(this.form.dataset.draftUrl ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Draft;
  }

  private fill(draft: Draft): void {
    this.sequence = draft.sequence;
    if (draft.body) write(this.form, unpack(draft.body));
  }

  /** The server's draft may be of a post that waits in the outbox here; that one must not be posted twice. */
  private waits(): boolean {
    return keysOf("outbox:").some((key) => kept<{ form: string }>(key)?.form === this.form.dataset.draft);
  }

  private changed(): void {
    this.touched ||= written(this.form);
    if (this.stale) return;
    this.stop();
    this.timers = [window.setTimeout(() => this.keepHere(), LOCAL_MS)];
    this.saveSoon();
  }

  private saveSoon(): void {
    this.timers.push(window.setTimeout(() => void this.save(), SERVER_MS));
  }

  private stop(): void {
    this.timers.splice(0).forEach((timer) => window.clearTimeout(timer));
  }

  private keepHere(saved = false): void {
    if (!written(this.form)) return forget(this.key);
    keep(this.key, { body: pack(read(this.form)), sequence: this.sequence, saved } satisfies Kept);
  }

  private async save(): Promise<void> {
    this.stop();
    if (this.busy) return this.saveSoon();
    const url = this.form.dataset.draftUrl;
    const body = pack(read(this.form));
    if (!url || !this.form.isConnected || !(written(this.form) || this.onServer)) return;
    this.keepHere();
    this.busy = true;
    const answer = await this.put(url, { body, sequence: this.sequence }).catch(() => null);
    this.busy = false;
    if (answer?.ok) this.savedThere((await answer.json()) as Draft, body);
    else if (answer?.status === 409) this.tellStale(((await answer.json()) as { draft: Draft }).draft);
    else this.say(word("saved-here"));
  }

  private put(url: string, draft: Draft): Promise<Response> {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    return fetch(url, { method: "PUT", headers, body: JSON.stringify(draft) });
  }

  private savedThere(said: Draft, body: Packed): void {
    this.sequence = said.sequence;
    this.onServer = true;
    this.keepHere(same(body, pack(read(this.form))));
    this.say(word("saved"));
  }

  private say(sentence: string, ...choices: HTMLElement[]): void {
    this.line?.replaceChildren(sentence, ...choices);
  }

  private elsewhere(): void {
    const other = kept<Kept>(this.key);
    if (other && other.sequence > this.sequence && !this.stale) this.tellStale(other);
  }

  private tellStale(newer: Draft): void {
    this.stop();
    if (!newer.body || same(newer.body, pack(read(this.form)))) {
      this.sequence = newer.sequence;
      if (!newer.body) this.saveSoon();
      return;
    }
    this.stale = true;
    const choose = (use: boolean) => {
      this.stale = false;
      this.sequence = newer.sequence;
      if (use) this.fill(newer);
      this.say("");
      void this.save();
    };
    this.say(
      `${word("draft-newer")} `,
      textButton(word("draft-take"), "plain", () => choose(true)),
      textButton(word("draft-keep"), "quiet", () => choose(false)),
    );
    announce(word("draft-newer"));
  }

  private done(): void {
    this.stop();
    this.sequence = 0;
    this.onServer = this.stale = this.touched = false;
    forget(this.key);
    this.say("");
  }
}

export function start(): void {
  each("form[data-draft]", (form) => new DraftKeeper(form as HTMLFormElement));
}
