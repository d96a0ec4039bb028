// The server's side of a draft: asked for, saved, ended. The addresses and answers are those of drafts.ts.
import type { Packed } from "./fields";
import { csrfToken } from "./server";

/** A connection that is dead but not closed never says so. */
const DEAD_MS = 20_000;

export interface Draft {
  body: Packed | null;
  sequence: number;
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

export async function end(url: string): Promise<void> {
  await fetch(url, { method: "DELETE", headers: { "X-CSRFToken": csrfToken() }, keepalive: true }).catch(() => null);
}
