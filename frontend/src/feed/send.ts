// A small act sent to the server: what it answered, or the sentence that says why not.
import { csrfToken, renewToken, sentenceOf } from "../server";

export interface Said {
  ok: boolean;
  error: string;
  [more: string]: unknown;
}

/** POST fields as a form, also when the page is left at once; the answer's JSON with `ok`, or `error` in words. Never throws. */
export async function send(address: string, fields: Record<string, string> = {}, renewed = false): Promise<Said> {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(fields), keepalive: true }).catch(() => null);
  if (!answer) return { ok: false, error: sentenceOf(0, null, "") };
  if (answer.status === 400 && !renewed && (await renewToken().catch(() => false))) return send(address, fields, true);
  const [type, body] = [answer.headers.get("Content-Type"), await answer.text().catch(() => "")];
  if (!answer.ok || !type?.includes("json")) return { ok: false, error: sentenceOf(answer.status, type, body) };
  return { ...(JSON.parse(body) as object), ok: true, error: "" };
}
