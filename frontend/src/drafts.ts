// A half-written form saves itself: in this browser at once, on the server soon after.
//   data-draft="update:" or "reply:7"  on the form: what is kept locally goes by this name
//   data-draft-url                     GET gives {body, sequence}, no draft is sequence 0; PUT takes {body, sequence}, the
//                                      sequence being the last one seen here, and answers {sequence}; 409 answers
//                                      {draft: {body, sequence}}, the newer one; DELETE ?sequence= ends that one
//   data-draft-drawn="3"               the server has drawn the form with that draft already, by its sequence
//   data-draft-again                   it was sent and refused: the server has drawn it with what was typed
//   data-draft-state                   a line inside the form: says "Saved", or where
// `body` is an object of lists: {name: [value, …]}. Restored when the form comes, which is said, with a way to start over. A
// stale tab is told, and its person chooses, or posts: the other words stay a draft. Until then its own are kept here. Words
// whose draft has ended elsewhere stay on this device until their person begins anew. What shall go without a name
// ([name=sealed] is ticked) stays here alone. On the form:
//   draft:hold {wait, draft}   it is being posted: nothing is saved any more; what is on its way is put into `wait`, after
//                       which `draft()` names the draft that it comes from
//   draft:goon          it was not: saving goes on
//   draft:done          its words are posted, or in the outbox: forgotten here, and by the server as it posts
//   draft:drop          its words went elsewhere: forgotten here and there
import { each } from "./dom";
import { watchLeaving } from "./draft-leaving";
import { hears, isWaiting } from "./draft-left";
import { Line } from "./draft-line";
import { ask, end, nameOf, put, rename, saidIn, type Draft, type Posting } from "./draft-server";
import { pack, read, same, typedIn, unnamed, unpack, write, writeBeside, written, type Packed } from "./fields";
import { forget, heardElsewhere, keep, kept } from "./store";
import { toast } from "./toast";
import { word } from "./words";

const LOCAL_MS = 300;
const SERVER_MS = 2000;

/** `left`: it was on its way to be posted by the browser itself. */
type Kept = Draft & { saved: boolean; left?: boolean };

class DraftKeeper {
  private sequence = 0;
  private onServer = false;
  private readonly key: string;
  private readonly line: Line;
  private timers: number[] = [];
  private busy: Promise<boolean> | null = null;
  private held = false;
  private times = 0;
  private touched = false;
  private offered = false;
  /** The last draft that the server has of these words, also while newer ones are begun. */
  private known = 0;

  constructor(private readonly form: HTMLFormElement) {
    this.key = `draft:${form.dataset.draft}`;
    this.line = new Line(form);
    void this.begin();
    for (const change of ["input", "change", "rich:change"]) form.addEventListener(change, (event) => this.changed(event));
    form.addEventListener("draft:hold", (event) => this.hold((event as CustomEvent<Posting>).detail));
    form.addEventListener("draft:goon", () => this.goOn());
    form.addEventListener("draft:done", () => this.done());
    form.addEventListener("draft:drop", () => void this.drop());
    if (!form.dataset.post) watchLeaving(form, { save: () => this.saveNow(), left: () => this.left() });
    hears(form, "sent", (sequence) => void this.ended(sequence));
    hears(form, "back", (sequence) => this.back(sequence));
    heardElsewhere(this.key, () => this.elsewhere());
    window.addEventListener("online", () => kept<Kept>(this.key)?.saved === false && void this.save());
    window.addEventListener("pagehide", () => this.timers.length && this.keepHere());
    // back on the page as it was left
    window.addEventListener("pageshow", (event) => event.persisted && (this.held = false));
  }

  private async begin(): Promise<void> {
    const { draftDrawn, draftAgain, draftUrl } = this.form.dataset;
    const drawn = (this.sequence = Number(draftDrawn ?? 0));
    let here = kept<Kept>(this.key);
    // the page itself has what was saved since
    if (here?.saved && drawn && here.sequence !== drawn) here = null;
    if (here?.left && draftAgain !== undefined) here = { ...here, saved: false, left: false };
    if (here) this.bringBack(here);
    else if (typedIn(this.form).length) this.changed();
    const shown = pack(read(this.form));
    const there = await ask(draftUrl ?? "").catch(() => null);
    this.onServer = (there?.sequence ?? 0) > 0;
    // the server has just these words: its answer was lost
    if (here && there && same(here.body, there.body)) keep(this.key, (here = { ...here, sequence: (this.sequence = there.sequence), saved: true }));
    if (!there || there.sequence === (here?.sequence ?? drawn)) return here?.saved === false ? this.saveSoon() : undefined;
    const typed = this.touched && !(here && same(shown, pack(read(this.form))));
    if (typed || (here && !(here.saved && here.sequence))) return this.tellStale(there);
    const waits = isWaiting(this.form.dataset.draft, there);
    if (here?.left || (here && waits)) this.posted();
    if (there.body && !waits) this.bringBack(there, here !== null);
    else this.gone(there, here?.left || waits ? null : here);
  }

  private posted(): void {
    forget(this.key);
    this.form.reset();
    this.line.say("");
  }

  /** Posted or put away elsewhere since. These may be the only copy: they stay, and go to the server once they are changed. */
  private gone(there: Draft, here: Kept | null): void {
    this.sequence = there.sequence;
    if (!here) return;
    this.stop();
    keep(this.key, { ...here, sequence: 0 });
    this.offer(word("draft-gone"));
  }

  /** What was written before stands in the form again; whoever did not expect that is told, and can begin anew. */
  private bringBack(draft: Draft, instead = false): void {
    const before = pack(read(this.form));
    this.sequence = draft.sequence;
    if (!draft.body) return;
    if (instead) write(this.form, unpack(draft.body));
    else if (writeBeside(this.form, unpack(draft.body))) this.changed();
    if (!same(before, pack(read(this.form)))) this.offer(word("draft-back"));
  }

  private offer(sentence: string): void {
    this.line.offer(sentence, () => {
      this.form.reset();
      void this.drop();
    });
    this.offered = true;
  }

  private changed(event?: Event): void {
    if (event?.isTrusted) this.offered = false;
    this.touched ||= written(this.form);
    if (this.held) return;
    this.stop();
    if (unnamed(this.form) && this.onServer) return void this.save();
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
    // the server has newer ones, and which of both it shall have is not said yet
    if (this.line.chooses) return this.keepHere();
    if (this.busy) return this.saveSoon();
    const url = this.form.dataset.draftUrl;
    if (!url || !this.form.isConnected || !(written(this.form) || this.onServer)) return;
    this.keepHere();
    if (unnamed(this.form)) return this.onlyHere(url);
    await this.sendTo(url);
  }

  private async saveNow(): Promise<boolean> {
    this.stop();
    await this.busy;
    this.keepHere();
    return this.sendTo(this.form.dataset.draftUrl ?? "");
  }

  /** False when nobody answered. */
  private async sendTo(url: string): Promise<boolean> {
    const heard = await (this.busy = this.send(url, pack(read(this.form))));
    this.busy = null;
    return heard;
  }

  private async send(url: string, body: Packed): Promise<boolean> {
    const time = this.times;
    const answer = await put(url, { body, sequence: this.sequence });
    await this.heard(answer, body, time);
    return answer !== null;
  }

  private async heard(answer: Response | null, body: Packed, time: number): Promise<void> {
    const said = await saidIn(answer);
    if (said?.sequence) this.known = said.sequence;
    // posted meanwhile: what it answers is of the words before
    if (time !== this.times) return;
    if (said?.draft) this.tellStale(said.draft);
    else if (said?.sequence !== undefined) this.savedThere(said.sequence, body);
    else this.line.say(said?.error ?? word("saved-here"));
  }

  /** The server drops what it has the moment that it shall have no name, and is sent no word of it. */
  private async onlyHere(url: string): Promise<void> {
    this.line.say(word("saved-here"));
    if (!this.onServer) return;
    this.onServer = false;
    keep(this.key, { body: pack(read(this.form)), sequence: 0, saved: true } satisfies Kept);
    await end(url, this.sequence);
  }

  private savedThere(sequence: number, body: Packed): void {
    this.sequence = sequence;
    rename(this.form.dataset.draftUrl ?? "", sequence);
    this.onServer = true;
    this.keepHere(same(body, pack(read(this.form))));
    this.line.settle();
    // the way to start over stays until they go on
    if (!this.offered) this.line.say(word("saved"));
  }

  private elsewhere(): void {
    const other = kept<Kept>(this.key);
    if (other && other.sequence > this.sequence && !this.line.chooses) this.tellStale(other);
  }

  private tellStale(newer: Draft): void {
    this.stop();
    const body = newer.body;
    // what was just sent from here is nobody's newer one: the outbox has it, and the server these words from now on
    const over = !body || isWaiting(this.form.dataset.draft, newer);
    if (over || same(body, pack(read(this.form)))) {
      this.sequence = newer.sequence;
      return over ? this.saveSoon() : undefined;
    }
    this.line.choose((use) => {
      this.sequence = newer.sequence;
      if (use) write(this.form, unpack(body));
      void this.save();
    });
  }

  private hold(posting: Posting): void {
    this.stop();
    this.keepHere();
    this.held = true;
    this.known = this.sequence;
    if (this.busy) posting.wait.push(this.busy);
    posting.draft = () => nameOf(this.form.dataset.draftUrl ?? "", this.known);
  }

  private goOn(): void {
    this.held = false;
    if (written(this.form)) this.saveSoon();
  }

  private left(): number {
    this.stop();
    this.held = true;
    // once the server has this draft no more, these words are posted
    keep(this.key, { body: pack(read(this.form)), sequence: Math.max(1, this.sequence), saved: true, left: true } satisfies Kept);
    return this.sequence;
  }

  private done(): void {
    this.stop();
    this.times += 1;
    this.sequence = 0;
    this.held = this.onServer = this.touched = this.offered = false;
    forget(this.key);
    this.line.say("");
  }

  private async drop(): Promise<void> {
    this.known = this.sequence;
    this.done();
    await this.busy;
    if (this.form.dataset.draftUrl && this.known) await end(this.form.dataset.draftUrl, this.known);
  }

  /** Its words are in this form again, or nobody's: so is the draft that the server has of them. */
  private back(sequence: number): void {
    if (!sequence || sequence < this.sequence) return;
    this.sequence = sequence;
    this.onServer = written(this.form);
    if (this.onServer) this.saveSoon();
    else if (this.form.dataset.draftUrl) void end(this.form.dataset.draftUrl, sequence);
  }

  /** The server ended the draft as it posted; words that were begun since are a draft of their own, as are newer ones. */
  private async ended(sequence: number): Promise<void> {
    // its words are another draft by now where they were saved while that one was on its way
    this.onServer &&= this.sequence !== sequence;
    const others = this.line.others;
    this.line.settle();
    if (written(this.form)) return this.held ? undefined : this.saveSoon();
    const there = others ? await ask(this.form.dataset.draftUrl ?? "").catch(() => null) : null;
    if (!there?.body || written(this.form)) return;
    this.onServer = true;
    this.bringBack(there);
    toast(word("draft-other"));
  }
}

export function start(): void {
  each("form[data-draft]", (form) => new DraftKeeper(form as HTMLFormElement));
}
