// What has left a form for the outbox, as its draft sees it: it may come back, and the server may still have its words.
//   outbox:sent, outbox:back   on the document, {form, draft}: it was posted; its row was taken back or thrown away
import { numberIn, type Draft } from "./draft-server";
import { pack, same, type Fields } from "./fields";
import { kept, keysOf } from "./store";

/** `draft` is the name of the draft that it comes from. */
interface Left {
  form: string;
  draft?: string;
}

/** Hear of what had left this form: the number of its draft, 0 for none. */
export function hears(form: HTMLFormElement, what: "sent" | "back", heard: (sequence: number) => void): void {
  document.addEventListener(`outbox:${what}`, (event) => {
    const left = (event as CustomEvent<Left>).detail;
    if (form.isConnected && left.form === form.dataset.draft) heard(numberIn(left.draft));
  });
}

/** The server's draft may be of a post that waits in the outbox here; that one must not be posted twice. */
export function isWaiting(form: string | undefined, draft: Draft): boolean {
  return keysOf("outbox:").some((key) => {
    const left = kept<Left & { fields: Fields }>(key);
    if (!left || left.form !== form) return false;
    // the same words have another number where the answer to saving them was lost
    return !draft.body || numberIn(left.draft) === draft.sequence || same(pack(left.fields), draft.body);
  });
}
