// The row that stands for an unsent post: made from a template, told what is happening, replaced by the real thing.
// Its words are set as text, never as HTML.
import { each, icon, make, textButton } from "./dom";
import { write } from "./fields";
import type { Entry } from "./outbox";
import { word } from "./words";

interface Actions {
  again: () => void;
  discard: () => void;
  edit: () => void;
}

function fallback(): HTMLElement {
  const bubble = make("div", { class: "bubble" }, make("p", { "data-echo-text": true }));
  const main = make("div", { class: "reply-main" }, bubble, make("p", { class: "unsent", "data-echo-state": true }));
  return make("li", {}, make("div", { class: "reply" }, main));
}

export class Row {
  private constructor(
    private readonly element: HTMLElement,
    private readonly form: HTMLFormElement,
  ) {}

  /** Put the row where it belongs; null when the page has no place for it. */
  static show(entry: Entry, form: HTMLFormElement): Row | null {
    const list = entry.list ? document.querySelector<HTMLElement>(entry.list) : null;
    if (!list) return null;
    const template = form.querySelector<HTMLTemplateElement>("template[data-echo]");
    const copy = template?.content.firstElementChild?.cloneNode(true);
    const element = copy instanceof HTMLElement ? copy : fallback();
    element.dataset.outbox = entry.key;
    const words = element.querySelector("[data-echo-text]");
    if (words) words.textContent = entry.text;
    if (form.dataset.postAt === "start") list.prepend(element);
    else list.append(element);
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
    this.state().append(textButton(word("discard"), "quiet", actions.discard));
  }

  /** The real row takes this one's place, once: also when a live event brings, or brought, it. */
  replace(html: string, anchor: string): void {
    const real = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    const id = real?.id || anchor;
    if (id && document.getElementById(id)) this.remove();
    else if (real) this.element.replaceWith(document.importNode(real, true));
    else {
      this.mark("is-sent");
      const stop = each(`#${CSS.escape(id || "-")}`, () => {
        this.remove();
        queueMicrotask(() => stop());
      });
    }
  }

  backIntoForm(entry: Entry, then: () => void): void {
    write(this.form, entry.fields);
    then();
    this.form.querySelector<HTMLElement>("trix-editor, textarea, input:not([type=hidden])")?.focus();
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
