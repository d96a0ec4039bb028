// Talking to our own server: the CSRF token, and the sentence that an answer carries when something is not right.
import { meta } from "./dom";
import { word } from "./words";

export const csrfToken = (): string => meta("csrf-token");

/** Ask the page for a fresh token, as after a night with the page open. False when there is none to have. */
export async function renewToken(): Promise<boolean> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  if (!fresh) return false;
  document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.setAttribute("content", fresh);
  return true;
}

/** What went wrong, in the server's words where it has some: JSON `{error, sentence?}`, else a general sentence. */
export function sentenceOf(status: number, type: string | null, body: string): string {
  if (type?.includes("json")) {
    try {
      const { error, sentence } = JSON.parse(body) as { error?: unknown; sentence?: unknown };
      const said = sentence ?? error;
      if (typeof said === "string" && said) return said;
    } catch {
      // not JSON after all: the general sentence does
    }
  }
  return word(status === 0 ? "offline" : "server-busy");
}
