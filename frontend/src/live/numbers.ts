// The order of one stream, as this page holds it: every event once, in order of its number. What comes too early waits
// until what is missing has come; what came before is dropped. Nothing here knows sockets or the page.

export interface LiveEvent {
  event: string;
  stream: string;
  seq: number;
  id: number;
  [more: string]: unknown;
}

export class Numbers {
  private waiting = new Map<number, LiveEvent>();

  /** `last` is the number up to which the page has everything; null until somebody says. */
  constructor(public last: number | null) {}

  /** The events that may be shown now because of this one, in order. */
  take(event: LiveEvent): LiveEvent[] {
    if (this.last === null) this.last = event.seq - 1;
    if (event.seq > this.last) this.waiting.set(event.seq, event);
    return this.ready();
  }

  /** The server says that `seq` is the last number of what it just told. */
  reached(seq: number): LiveEvent[] {
    this.last = Math.max(this.last ?? seq, seq);
    return this.ready();
  }

  /** Begin again after `seq`: what the page shows is about to be fetched anew. */
  restart(seq: number): LiveEvent[] {
    this.last = seq;
    return this.ready();
  }

  /** Something before the events that wait has not come. */
  get gap(): boolean {
    return this.waiting.size > 0;
  }

  private ready(): LiveEvent[] {
    const found: LiveEvent[] = [];
    for (const seq of this.waiting.keys()) if (seq <= (this.last ?? 0)) this.waiting.delete(seq);
    for (let next = this.waiting.get((this.last ?? 0) + 1); next; next = this.waiting.get(next.seq + 1)) {
      this.waiting.delete(next.seq);
      this.last = next.seq;
      found.push(next);
    }
    return found;
  }
}
