// A half-written form saves itself: in this browser at once, on the server soon after.
//   data-draft="post:" or "reply:7"    on the form: its kind and target; what is kept locally goes by this name
//   data-draft-url                     where it is PUT as JSON {body, sequence}; 409 answers {body, sequence}, the newer one
//   data-draft-sequence="4"            the sequence that the page came with; data-draft-body its content as JSON
//   data-draft-state                   on a line inside the form: says "Saved", or where
// `body` is a list of [name, value] pairs. Restored when the page comes; forgotten when the form was posted (`draft:done`
// on the form, or its reset). The server drops its copy in the action that posts. A stale tab is told, and chooses.
import { announce } from "./announce";
import { each, textButton } from "./dom";
import { read, write, written, type Fields } from "./fields";
import { csrfToken } from "./server";
import { forget, heardElsewhere, keep, kept, keysOf } from "./store";
import { word } from "./words";

const LOCAL_MS = 300;
const SERVER_MS = 2000;

interface Draft {
  body: Fields;
  sequence: number;
  saved: boolean;
}

class DraftKeeper {
  private sequence: number;
  private readonly key: string;
  private readonly line: HTMLElement | null;
  private timers: number[] = [];
  private busy = false;
  private stale = false;
  private onServer: boolean;

  constructor(private readonly form: HTMLFormElement) {
    this.key = `draft:${form.dataset.draft}`;
    this.sequence = Number(form.dataset.draftSequence ?? 0);
    this.onServer = this.sequence > 0;
    this.line = form.querySelector<HTMLElement>("[data-draft-state]");
    this.restore();
    for (const change of ["input", "change", "rich:change"]) form.addEventListener(change, () => this.changed());
    for (const end of ["draft:done", "reset"]) form.addEventListener(end, () => this.done());
    heardElsewhere(this.key, () => this.elsewhere());
    window.addEventListener("online", () => kept<Draft>(this.key)?.saved === false && void this.save());
    window.addEventListener("pagehide", () => this.timers.length && this.keepHere());
  }

  private restore(): void {
    const here = kept<Draft>(this.key);
    const there = this.form.dataset.draftBody ? (JSON.parse(this.form.dataset.draftBody) as Fields) : null;
    if (here && (here.sequence >= this.sequence || !here.saved)) write(this.form, here.body);
    else if (there && !this.waits()) write(this.form, there);
    if (here && !here.saved && here.sequence < this.sequence && there)
      this.tellStale({ body: there, sequence: this.sequence, saved: true });
    else if (here && here.sequence >= this.sequence) {
      this.sequence = here.sequence;
      if (!here.saved) this.timers = [window.setTimeout(() => void this.save(), SERVER_MS)];
    }
  }

  /** The server's draft may be of a post that waits in the outbox here; that one must not be posted twice. */
  private waits(): boolean {
    return keysOf("outbox:").some((key) => kept<{ form: string }>(key)?.form === this.form.dataset.draft);
  }

  private changed(): void {
    if (this.stale) return;
    this.stop();
    this.timers = [window.setTimeout(() => this.keepHere(), LOCAL_MS), window.setTimeout(() => void this.save(), SERVER_MS)];
  }

  private stop(): void {
    this.timers.splice(0).forEach((timer) => window.clearTimeout(timer));
  }

  private keepHere(saved = false): void {
    if (!written(this.form)) return forget(this.key);
    keep(this.key, { body: read(this.form), sequence: this.sequence, saved } satisfies Draft);
  }

  private async save(): Promise<void> {
    this.stop();
    if (this.busy) return this.changed();
    const url = this.form.dataset.draftUrl;
    this.keepHere();
    if (!url || !(written(this.form) || this.onServer)) return;
    this.busy = true;
    this.say(word("saving"));
    const answer = await this.put(url).catch(() => null);
    this.busy = false;
    if (answer?.ok) this.savedThere();
    else if (answer?.status === 409) this.tellStale((await answer.json()) as Draft);
    else this.say(word("saved-here"));
  }

  private put(url: string): Promise<Response> {
    const body = JSON.stringify({ body: read(this.form), sequence: this.sequence + 1 });
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    return fetch(url, { method: "PUT", headers, body });
  }

  private savedThere(): void {
    this.sequence += 1;
    this.onServer = true;
    this.keepHere(this.timers.length === 0);
    this.say(word("saved"));
  }

  private say(sentence: string, ...choices: HTMLElement[]): void {
    this.line?.replaceChildren(sentence, ...choices);
  }

  private elsewhere(): void {
    const other = kept<Draft>(this.key);
    if (other && other.sequence > this.sequence && !this.stale) this.tellStale(other);
  }

  private tellStale(newer: Draft): void {
    this.stop();
    if (JSON.stringify(newer.body) === JSON.stringify(read(this.form))) {
      this.sequence = newer.sequence;
      return;
    }
    this.stale = true;
    const choose = (use: Fields | null) => {
      this.stale = false;
      this.sequence = newer.sequence;
      if (use) write(this.form, use);
      this.say("");
      void this.save();
    };
    this.say(
      `${word("draft-newer")} `,
      textButton(word("draft-take"), "plain", () => choose(newer.body)),
      textButton(word("draft-keep"), "quiet", () => choose(null)),
    );
    announce(word("draft-newer"));
  }

  private done(): void {
    this.stop();
    // the sequence goes on, so that the server, which may still have the old draft, takes the next one
    this.onServer = false;
    this.stale = false;
    forget(this.key);
    this.say("");
  }
}

export function start(): void {
  each("form[data-draft]", (form) => new DraftKeeper(form as HTMLFormElement));
}
