// The server's side of a draft: asked for, saved, named, ended. The addresses and answers are those of drafts.ts. A form
// names the draft that its words came from in the field `draft`, as `sequence:kind:target`: that one ends as it is posted.
import type { Packed } from "./fields";
import { csrfToken } from "./server";

/** A connection that is dead but not closed never says so. */
const DEAD_MS = 20_000;

export interface Draft {
  body: Packed | null;
  sequence: number;
}

/** What a form that is being posted says of its draft (`draft:hold` of drafts.ts). */
export interface Posting {
  wait: Promise<unknown>[];
  draft: () => string;
}

export async function ask(url: string): Promise<Draft> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Draft;
}

/** Null when nobody answered. */
export function put(url: string, draft: Draft): Promise<Response | null> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
  return fetch(url, { method: "PUT", headers, body: JSON.stringify(draft), signal: AbortSignal.timeout(DEAD_MS) }).catch(() => null);
}

/** What it answers: the number, the newer draft, or why it keeps none. */
export type Said = Partial<Draft> & { draft?: Draft; error?: string };

export async function saidIn(answer: Response | null): Promise<Said | null> {
  if (!answer || !(answer.ok || [409, 413].includes(answer.status))) return null;
  return (await answer.json().catch(() => null)) as Said | null;
}

export function nameOf(url: string, sequence: number): string {
  const at = new URL(url, location.href);
  return `${sequence}:${at.pathname.split("/").pop()}:${at.searchParams.get("target") ?? ""}`;
}

/** The number in such a name; 0 without one. */
export const numberIn = (name: string | undefined): number => parseInt(name || "0", 10);

/** Forms on the page that the server has drawn with a name of that draft have this one now. */
export function rename(url: string, sequence: number): void {
  const name = nameOf(url, sequence);
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type="hidden"][name="draft"]'))
    if (field.value.endsWith(name.slice(name.indexOf(":")))) field.value = name;
}

/** That one alone: a newer one, from elsewhere, stays. */
export async function end(url: string, sequence: number): Promise<void> {
  const at = new URL(url, location.href);
  at.searchParams.set("sequence", String(sequence));
  await fetch(at, { method: "DELETE", headers: { "X-CSRFToken": csrfToken() }, keepalive: true }).catch(() => null);
}
