// The connection: streams are joined with the last number that the page holds, and what was missed comes with the answer.
// Web socket first; where a school's proxy swallows it, long polling, remembered for the tab. The library loads once the
// page has something to listen to and is looked at. Other modules ask through these events on the document:
//   live:streams {name: number}     the numbers of streams that the page was made with
//   live:join / live:leave {streams: [name]}
//   live:reload {streams}  live:lost {streams}   told here: too much was missed; it is not ours to hear any more
//   live:joined {streams}     told here: these are heard now
//   live:state {state}        "open", "away" or "signed-out"; the page carries it too, as data-live on <html>
import type { Socket } from "socket.io-client";
import { meta, tell } from "../dom";
import { hand } from "./hear";
import { Numbers, type LiveEvent } from "./numbers";

const AT_MOST = 100;
const JOIN_SOON_MS = 120;
const ANSWER_MS = 10_000;
const STUCK_MS = 6000;
const ASLEEP_MS = 45_000;
const GAP_MS = 1500;
const POLLING = "live:polling";

interface Answer {
  stream: string;
  seq?: number;
  events?: LiveEvent[];
  reload?: boolean;
  error?: string;
}

const known = new Map<string, Numbers>();
const wanted = new Set<string>();
const joined = new Set<string>();
let socket: Socket | null = null;
let loading = false;
let joinTimer = 0;
let heardAt = 0;

const numbersOf = (stream: string): Numbers => {
  const found = known.get(stream) ?? new Numbers(null);
  known.set(stream, found);
  return found;
};

function become(state: string): void {
  document.documentElement.dataset.live = state;
  tell(document, "live:state", { state });
}

/** Send something that needs no answer and may be lost, such as "I am typing". */
export function whisper(event: string, data: unknown): void {
  if (socket?.connected) socket.volatile.emit(event, data);
}

/** Send something and wait for the answer; null without a connection. */
export async function ask(event: string, data: unknown): Promise<Record<string, unknown> | null> {
  if (!socket?.connected) return null;
  return (await socket.timeout(ANSWER_MS).emitWithAck(event, data).catch(() => null)) as Record<string, unknown> | null;
}

function joinSoon(): void {
  void connect();
  window.clearTimeout(joinTimer);
  joinTimer = window.setTimeout(joinNow, JOIN_SOON_MS);
}

function joinNow(): void {
  if (!socket?.connected) return;
  const missing = Array.from(wanted).filter((stream) => !joined.has(stream));
  for (let at = 0; at < missing.length; at += AT_MOST) join(missing.slice(at, at + AT_MOST));
}

function join(names: string[]): void {
  const streams = names.map((stream) => ({ stream, after: numbersOf(stream).last }));
  const asked = socket;
  names.forEach((stream) => joined.add(stream));
  asked?.timeout(ANSWER_MS).emit("stream:join", { streams }, (trouble: Error | null, said?: { streams?: Answer[]; error?: string }) => {
    if (asked !== socket) return;
    if (trouble || !said?.streams) return again(names, said?.error);
    heardAt = Date.now();
    answered(said.streams);
  });
}

function again(names: string[], error?: string): void {
  names.forEach((stream) => joined.delete(stream));
  if (error === "signed_out") return signedOut();
  // no answer on an open connection: it is not open any more
  if (socket?.connected) socket.disconnect().connect();
}

function answered(answers: Answer[]): void {
  const reload: string[] = [];
  const lost: string[] = [];
  for (const { stream, seq, events, error, ...said } of answers) {
    if (error === "not_found") lost.push(stream);
    if (error) continue;
    const numbers = numbersOf(stream);
    for (const event of events ?? []) numbers.take(event).forEach(hand);
    if (seq !== undefined) (said.reload ? numbers.restart(seq) : numbers.reached(seq)).forEach(hand);
    if (said.reload) reload.push(stream);
  }
  if (lost.length) forget(lost);
  if (reload.length) tell(document, "live:reload", { streams: reload });
  tell(document, "live:joined", { streams: answers.filter((answer) => !answer.error).map((answer) => answer.stream) });
}

function receive(event: LiveEvent): void {
  heardAt = Date.now();
  const numbers = numbersOf(event.stream);
  numbers.take(event).forEach(hand);
  if (numbers.gap) window.setTimeout(() => numbers.gap && joined.has(event.stream) && join([event.stream]), GAP_MS);
}

function forget(streams: string[]): void {
  for (const stream of streams) {
    wanted.delete(stream);
    joined.delete(stream);
    known.delete(stream);
  }
  tell(document, "live:lost", { streams });
}

async function connect(): Promise<void> {
  if (loading || !meta("account") || !wanted.size || document.hidden) return;
  loading = true;
  const { io } = await import("socket.io-client");
  const polling = sessionStorage.getItem(POLLING) !== null;
  socket = io({
    transports: polling ? ["polling", "websocket"] : ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 800,
    reconnectionDelayMax: 12_000,
    randomizationFactor: 0.6,
    timeout: ANSWER_MS,
  });
  listen(socket);
  if (!polling) window.setTimeout(usePollingIfStuck, STUCK_MS);
}

function usePollingIfStuck(): void {
  if (!socket || socket.connected || !navigator.onLine || document.hidden) return;
  socket.io.opts.transports = ["polling", "websocket"];
  sessionStorage.setItem(POLLING, "");
  socket.disconnect().connect();
}

function listen(open: Socket): void {
  open.on("connect", () => {
    heardAt = Date.now();
    joined.clear();
    joinNow();
    become("open");
  });
  open.io.on("ping", () => (heardAt = Date.now()));
  open.on("disconnect", (reason) => {
    joined.clear();
    become("away");
    if (reason === "io server disconnect") void askWhy();
  });
  open.on("connect_error", () => {
    if (!open.active) void askWhy();
  });
  open.on("access:lost", ({ stream }: { stream: string }) => forget([stream]));
  // also what nobody here shows: its number counts
  open.onAny((kind: string, event?: LiveEvent) => {
    if (kind !== "access:lost" && event) route({ ...event, event: kind });
  });
}

const route = (event: LiveEvent): void => (typeof event.seq === "number" ? receive(event) : hand(event));

/** The server closed the door itself: because we are signed out, or because it is not quite up. */
async function askWhy(): Promise<void> {
  const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer && (answer.type === "opaqueredirect" || answer.status === 401)) signedOut();
  else window.setTimeout(() => socket?.connect(), 5000 + Math.random() * 10_000);
}

function signedOut(): void {
  socket?.disconnect();
  wanted.clear();
  become("signed-out");
}

/** The page is looked at again, or the network is back: make sure that nothing was missed. */
function wake(): void {
  if (document.hidden || !wanted.size) return;
  if (!socket) return void connect();
  if (!socket.connected) return void socket.connect();
  if (Date.now() - heardAt < ASLEEP_MS) return;
  joined.clear();
  joinNow();
}

interface Streams {
  streams: string[];
}

export function start(): void {
  document.addEventListener("live:streams", (event) => {
    for (const [stream, last] of Object.entries((event as CustomEvent<Record<string, number>>).detail)) {
      if (!known.has(stream)) known.set(stream, new Numbers(last));
      if (!stream.startsWith("contribution:")) wanted.add(stream);
    }
    if (wanted.size) joinSoon();
  });
  document.addEventListener("live:join", (event) => {
    (event as CustomEvent<Streams>).detail.streams.forEach((stream) => wanted.add(stream));
    joinSoon();
  });
  document.addEventListener("live:leave", (event) => {
    const leaving = (event as CustomEvent<Streams>).detail.streams.filter((stream) => wanted.delete(stream));
    const streams = leaving.filter((stream) => joined.delete(stream));
    if (streams.length && socket?.connected) socket.emit("stream:leave", { streams });
  });
  for (const waking of ["online", "pageshow", "focus"]) window.addEventListener(waking, wake);
  document.addEventListener("visibilitychange", wake);
  // an open connection keeps the page out of the browser's back-and-forward cache
  window.addEventListener("pagehide", () => socket?.disconnect());
}
