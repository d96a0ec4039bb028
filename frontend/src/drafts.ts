// A half-written form saves itself: in this browser at once, on the server soon after.
//   data-draft="update:" or "reply:7"  on the form: what is kept locally goes by this name
//   data-draft-url                     GET gives {body, sequence}, no draft is sequence 0; PUT takes {body, sequence}, the
//                                      sequence being the last one seen here, and answers {sequence}; 409 answers
//                                      {draft: {body, sequence}}, the newer one; DELETE (by outbox.ts) ends it
//   data-draft-drawn="3"               the server has drawn the form with that draft already, by its sequence
//   data-draft-state                   a line inside the form: says "Saved", or where
// `body` is an object of lists: {name: [value, …]}. Restored when the form comes, which is said, with a way to start over. A
// stale tab is told, and its person chooses. What shall go without a name ([name=sealed] is ticked) stays in this browser;
// the server's draft goes then. On the form:
//   draft:hold {wait}   it is being posted: nothing is saved any more; what is on its way is put into `wait`
//   draft:goon          it was not: saving goes on
//   draft:done          its words are posted, or in the outbox: forgotten here, and by the server as it posts
//   draft:drop          its words went elsewhere: forgotten here and there
import { announce } from "./announce";
import { each, textButton } from "./dom";
import { ask, end, put, type Draft } from "./draft-server";
import { pack, read, typedIn, unpack, write, writeBeside, written, type Packed } from "./fields";
import { forget, heardElsewhere, keep, kept, keysOf } from "./store";
import { toast } from "./toast";
import { word } from "./words";

const LOCAL_MS = 300;
const SERVER_MS = 2000;

type Kept = Draft & { saved: boolean };

const same = (one: Packed | null, other: Packed | null): boolean => JSON.stringify(one) === JSON.stringify(other);

class DraftKeeper {
  private sequence = 0;
  private onServer = false;
  private readonly key: string;
  private readonly line: HTMLElement | null;
  private timers: number[] = [];
  private busy: Promise<boolean> | null = null;
  private held = false;
  private times = 0;
  private stale = false;
  private touched = false;
  private leaving: "" | "saving" | "saved" = "";

  constructor(private readonly form: HTMLFormElement) {
    this.key = `draft:${form.dataset.draft}`;
    this.line = form.querySelector<HTMLElement>("[data-draft-state]");
    void this.begin();
    for (const change of ["input", "change", "rich:change"]) form.addEventListener(change, () => this.changed());
    form.addEventListener("draft:hold", (event) => this.hold((event as CustomEvent<{ wait: Promise<unknown>[] }>).detail.wait));
    form.addEventListener("draft:goon", () => this.goOn());
    form.addEventListener("draft:done", () => this.done());
    form.addEventListener("draft:drop", () => void this.drop());
    if (!form.dataset.post) form.addEventListener("submit", (event) => void this.leaves(event));
    document.addEventListener("outbox:sent", (event) => {
      if (form.isConnected && (event as CustomEvent<{ form: string }>).detail.form === form.dataset.draft) this.ended();
    });
    heardElsewhere(this.key, () => this.elsewhere());
    window.addEventListener("online", () => kept<Kept>(this.key)?.saved === false && void this.save());
    window.addEventListener("pagehide", () => this.timers.length && this.keepHere());
    // back on the page as it was left
    window.addEventListener("pageshow", (event) => event.persisted && (this.held = false));
  }

  private async begin(): Promise<void> {
    const drawn = (this.sequence = Number(this.form.dataset.draftDrawn ?? 0));
    let here = kept<Kept>(this.key);
    // the page itself has what was saved since
    if (here?.saved && drawn && here.sequence !== drawn) here = null;
    if (here) this.bringBack(here);
    else if (typedIn(this.form).length) this.changed();
    const there = await ask(this.form.dataset.draftUrl ?? "").catch(() => null);
    if (!there) return here?.saved === false ? this.saveSoon() : undefined;
    this.onServer = there.sequence > 0;
    if (there.sequence === (here?.sequence ?? drawn)) return here?.saved === false ? this.saveSoon() : undefined;
    if (here?.saved === false || this.touched) this.tellStale(there);
    else if (there.body && !this.waits()) this.bringBack(there);
    else this.gone(there, here !== null);
  }

  /** Posted or discarded elsewhere since: what is kept here is old. */
  private gone(there: Draft, here: boolean): void {
    this.sequence = there.sequence;
    forget(this.key);
    if (!here) return;
    this.form.reset();
    this.say("");
  }

  /** What was written before stands in the form again; whoever did not expect that is told, and can begin anew. */
  private bringBack(draft: Draft): void {
    const before = pack(read(this.form));
    this.sequence = draft.sequence;
    if (!draft.body) return;
    if (writeBeside(this.form, unpack(draft.body))) this.changed();
    if (same(before, pack(read(this.form)))) return;
    const over = textButton(word("draft-over"), "quiet", () => {
      this.form.reset();
      void this.drop();
    });
    this.say(`${word("draft-back")} `, over);
    announce(word("draft-back"));
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
    if (this.stale || this.held) return;
    this.stop();
    if (this.unnamed() && this.onServer) return void this.save();
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
    if (this.held) return;
    if (this.busy) return this.saveSoon();
    const url = this.form.dataset.draftUrl;
    if (!url || !this.form.isConnected || !(written(this.form) || this.onServer)) return;
    this.keepHere();
    if (this.unnamed()) return this.onlyHere(url);
    this.busy = this.sendTo(url, pack(read(this.form)));
    await this.busy;
    this.busy = null;
  }

  /** False when nobody answered. */
  private async sendTo(url: string, body: Packed): Promise<boolean> {
    const time = this.times;
    const answer = await put(url, { body, sequence: this.sequence });
    await this.heard(answer, body, time);
    return answer !== null;
  }

  private async heard(answer: Response | null, body: Packed, time: number): Promise<void> {
    const said = answer?.ok || answer?.status === 409 ? ((await answer.json().catch(() => null)) as (Draft & { draft?: Draft }) | null) : null;
    // posted meanwhile: what it answers is of the words before
    if (time !== this.times) return;
    if (said?.draft) this.tellStale(said.draft);
    else if (said) this.savedThere(said, body);
    else this.say(word("saved-here"));
  }

  private unnamed(): boolean {
    return this.form.querySelector<HTMLInputElement>("input[name=sealed]")?.checked ?? false;
  }

  /** The server drops what it has the moment that it shall have no name, and is sent no word of it. */
  private async onlyHere(url: string): Promise<void> {
    this.say(word("saved-here"));
    if (!this.onServer) return;
    this.onServer = false;
    this.sequence = 0;
    this.keepHere(true);
    await end(url);
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

  private hold(wait: Promise<unknown>[]): void {
    this.stop();
    this.keepHere();
    this.held = true;
    if (this.busy) wait.push(this.busy);
  }

  private goOn(): void {
    this.held = false;
    if (written(this.form)) this.saveSoon();
  }

  /** Posted by the browser itself, which comes back with the form when it was refused. */
  private leaves(event: SubmitEvent): void {
    if (event.defaultPrevented) return;
    if (this.leaving !== "saved" && this.form.dataset.draftUrl && written(this.form) && !this.unnamed()) {
      event.preventDefault();
      if (!this.leaving) void this.saveFirst(this.form.dataset.draftUrl, event.submitter);
      return;
    }
    this.stop();
    this.held = true;
    // once the server knows of no draft, these words are posted
    keep(this.key, { body: pack(read(this.form)), sequence: Math.max(1, this.sequence), saved: true } satisfies Kept);
  }

  /** What is posted is a draft of the server first. Without a connection the page stays, and the words in it. */
  private async saveFirst(url: string, submitter: HTMLElement | null): Promise<void> {
    this.leaving = "saving";
    this.stop();
    submitter?.setAttribute("aria-busy", "true");
    await this.busy;
    this.keepHere();
    const heard = await (this.busy = this.sendTo(url, pack(read(this.form))));
    this.busy = null;
    submitter?.removeAttribute("aria-busy");
    this.leaving = heard ? "saved" : "";
    if (heard) this.form.requestSubmit(submitter);
    else toast(word("offline"));
    this.leaving = "";
  }

  private done(): void {
    this.stop();
    this.times += 1;
    this.sequence = 0;
    this.held = this.onServer = this.stale = this.touched = false;
    forget(this.key);
    this.say("");
  }

  private async drop(): Promise<void> {
    this.done();
    const url = this.form.dataset.draftUrl;
    if (!url) return;
    await this.busy;
    await end(url);
  }

  /** The server ended the draft as it posted; words that were begun since are a draft of their own. */
  private ended(): void {
    this.sequence = 0;
    this.onServer = false;
    if (written(this.form) && !this.held) this.saveSoon();
  }
}

export function start(): void {
  each("form[data-draft]", (form) => new DraftKeeper(form as HTMLFormElement));
}
