// The row that stands for an unsent post: told what is happening, replaced by the real thing. Made from the form's
// <template data-echo>, whose first element has a place for the words, [data-echo-text], and for the state,
// [data-echo-state]; or as a plain reply or card. Its words are set as text, never as HTML.
import { each, icon, make, tell, textButton } from "./dom";
import { writeBeside } from "./fields";
import { process } from "./htmx";
import type { Entry } from "./outbox";
import { word } from "./words";

interface Actions {
  again: () => void;
  discard: () => void;
  edit: () => void;
  keep?: () => void;
}

/** Where the row goes on this page, if anywhere. */
export function place(entry: Entry): HTMLElement | null {
  for (const selector of entry.lists) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found;
  }
  return null;
}

const words = () => make("p", { "data-echo-text": true });
const state = () => make("p", { class: "unsent", "data-echo-state": true });

function plainReply(face: Node | undefined): HTMLElement {
  const main = make("div", { class: "reply-main" }, make("div", { class: "bubble" }, words()), state());
  return make("li", {}, make("div", { class: "reply" }, ...(face ? [face] : []), main));
}

const plainCard = () => make("article", { class: "card" }, make("div", { class: "in" }, words(), state()));

function made(entry: Entry, form: HTMLFormElement | null): HTMLElement {
  const template = form?.querySelector<HTMLTemplateElement>("template[data-echo]")?.content.firstElementChild;
  if (template) return template.cloneNode(true) as HTMLElement;
  return entry.post === "card" ? plainCard() : plainReply(form?.querySelector(".av")?.cloneNode(true));
}

export class Row {
  private constructor(
    private readonly element: HTMLElement,
    private readonly form: HTMLFormElement | null,
  ) {}

  /** Put the row where it belongs; null when the page has no place for it. */
  static show(entry: Entry, form: HTMLFormElement | null): Row | null {
    const list = place(entry);
    if (!list) return null;
    const element = made(entry, form);
    element.dataset.outbox = entry.key;
    const text = element.querySelector("[data-echo-text]");
    if (text) text.textContent = entry.text;
    const first = entry.post === "card" ? list.querySelector(":scope > article, :scope > .empty") : null;
    list.insertBefore(element, first);
    list.hidden = false;
    return new Row(element, form);
  }

  sending(): void {
    this.mark("is-sending", icon("clock"), word("sending"));
  }

  stopped(sentence: string, actions: Actions): void {
    const refused = sentence !== word("not-sent");
    const first = refused
      ? textButton(word("edit"), "plain", actions.edit)
      : textButton(word("try-again"), "plain", actions.again);
    this.mark("is-stopped", icon(refused ? "info" : "offline"), `${sentence} `, first);
    if (actions.keep) this.state().append(textButton(word("privacy-send"), "plain", actions.keep));
    this.state().append(textButton(word("discard"), "quiet", actions.discard));
  }

  /** The real row takes this one's place, once: also when a live event brings, or brought, it. */
  replace(html: string, id: string): void {
    const real = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (document.getElementById(id)) this.remove();
    else if (real) {
      const copy = document.importNode(real, true) as HTMLElement;
      this.element.replaceWith(copy);
      process(copy);
    } else {
      this.mark("is-sent");
      const end = each(`#${CSS.escape(id)}`, () => {
        this.remove();
        queueMicrotask(() => end());
      });
    }
  }

  /** False when the form is not on the page any more. */
  backIntoForm(entry: Entry): boolean {
    const name = CSS.escape(entry.form);
    const form = this.form?.isConnected ? this.form : document.querySelector<HTMLFormElement>(`form[data-draft="${name}"]`);
    if (!form) return false;
    // another may be begun there already
    writeBeside(form, entry.fields);
    tell(form, "input");
    form.querySelector<HTMLElement>("trix-editor, textarea, input:not([type=hidden])")?.focus();
    return true;
  }

  rename(key: string): void {
    this.element.dataset.outbox = key;
  }

  remove(): void {
    this.element.remove();
  }

  private state(): HTMLElement {
    return this.element.querySelector<HTMLElement>("[data-echo-state]") ?? this.element;
  }

  private mark(name: string, ...shown: (Node | string)[]): void {
    this.element.classList.remove("is-sending", "is-stopped", "is-sent");
    this.element.classList.add(name);
    this.state().replaceChildren(...shown);
  }
}
