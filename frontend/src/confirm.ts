// Ask before what cannot be taken back: <form data-confirm="Delete this post?" data-confirm-yes="Delete">, or on a button, and
// htmx's hx-confirm, in our own dialog. The form says `sure` then; without scripts it does not, and where it matters the
// server asks on a page (core/sure.py).
import { make, textButton } from "./dom";
import { word } from "./words";

/** True when the person said yes. */
export function ask(question: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = make("dialog", { class: "dialog", "aria-labelledby": "ask-title" });
    const agree = textButton(yes || word("yes"), "primary", () => dialog.close("yes"));
    const cancel = textButton(word("cancel"), "quiet", () => dialog.close());
    for (const button of [agree, cancel]) button.classList.remove("button-small");
    const body = make("div", { class: "dialog-body" }, make("div", { class: "buttons" }, agree, cancel));
    dialog.append(make("div", { class: "dialog-head" }, make("h2", { id: "ask-title" }, question)), body);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    cancel.focus();
  });
}

interface HtmxConfirm {
  question: string | null;
  elt: HTMLElement;
  issueRequest: (skip: boolean) => void;
}

export function start(): void {
  const agreed = new WeakSet<HTMLFormElement>();
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      const asking = event.submitter?.dataset.confirm ? event.submitter.dataset : form.dataset;
      if (!asking.confirm || agreed.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      void ask(asking.confirm, asking.confirmYes ?? "").then((yes) => {
        if (!yes) return;
        agreed.add(form);
        if (!form.elements.namedItem("sure")) form.append(make("input", { type: "hidden", name: "sure", value: "1" }));
        form.requestSubmit(submitter);
      });
    },
    { capture: true },
  );
  document.addEventListener("htmx:confirm", (event) => {
    const { question, elt, issueRequest } = (event as CustomEvent<HtmxConfirm>).detail;
    if (!question) return;
    event.preventDefault();
    void ask(question, elt.dataset.confirmYes ?? "").then((yes) => yes && issueRequest(true));
  });
}
