// A form that the browser itself posts, and that comes back with the page when it was refused: its words are a draft of the
// server first, and the draft's name goes along. Without a connection the page stays, and the words in it.
import { make } from "./dom";
import { nameOf } from "./draft-server";
import { unnamed, written } from "./fields";
import { toast } from "./toast";
import { word } from "./words";

interface Saves {
  /** Now; false when nobody answered. */
  save: () => Promise<boolean>;
  /** The form is on its way; the number of its draft. */
  left: () => number;
}

export function watchLeaving(form: HTMLFormElement, draft: Saves): void {
  let leaving: "" | "saving" | "saved" = "";
  const saveFirst = async (submitter: HTMLElement | null): Promise<void> => {
    leaving = "saving";
    submitter?.setAttribute("aria-busy", "true");
    const heard = await draft.save();
    submitter?.removeAttribute("aria-busy");
    leaving = heard ? "saved" : "";
    if (heard) form.requestSubmit(submitter);
    else toast(word("offline"));
    leaving = "";
  };
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const url = form.dataset.draftUrl ?? "";
    if (leaving !== "saved" && url && written(form) && !unnamed(form)) {
      event.preventDefault();
      if (!leaving) void saveFirst(event.submitter);
      return;
    }
    const sequence = draft.left();
    if (!form.querySelector('input[name="draft"]')) form.append(make("input", { type: "hidden", name: "draft", value: nameOf(url, sequence) }));
  });
}
