// The place to write a reply: opened on a card from its link, and told whom it answers.
//   a[data-reply-open]           "Write a reply" on a card, in [data-write=root]
//   a[data-reply-to="12"]        "Reply" under a reply; with data-reply-name: who is answered
//   template[data-reply-form=N]  the form as it is on every card, N standing for the root's number
//   form[data-post=reply]        the form; parent_id inside; [data-reply-about] is the line that says whom it answers
// Posting itself is outbox.ts, which puts the sender's own row under the one that is answered.
import { each, make, on, textButton } from "../dom";
import type { Fields } from "../fields";
import { wrote } from "../live/mine";
import { hold, parse } from "../live/page";
import { word } from "../words";

const FIELD = "trix-editor, textarea";

const formOf = (root: string): HTMLFormElement | null =>
  document.querySelector<HTMLFormElement>(`form[data-post="reply"][data-contribution="${root}"]`);

/** The form of a root, made in its card when it is not there yet: at once, so that no letter goes elsewhere. */
function open(root: string): HTMLFormElement | null {
  const place = document.querySelector<HTMLElement>(`[data-write="${root}"]`);
  const pattern = document.querySelector<HTMLTemplateElement>("template[data-reply-form]");
  if (formOf(root) || !place || !pattern) return formOf(root);
  const form = parse(pattern.innerHTML.replaceAll(pattern.dataset.replyForm ?? "", root));
  if (form && wrote(Number(root)) && !place.closest<HTMLElement>("[data-contribution]")?.dataset.by) unname(form as HTMLFormElement);
  if (form) hold(() => place.replaceChildren(form));
  return formOf(root);
}

/** In the talk that one began without a name: says so, and shows no face of one's own, in the row that waits either. */
function unname(form: HTMLElement): void {
  const said = form.querySelector<HTMLTemplateElement>("template[data-unnamed]")?.content;
  const echo = form.querySelector<HTMLTemplateElement>("template[data-echo]")?.content;
  const [hint, face] = [said?.firstElementChild, said?.lastElementChild];
  if (!hint || !face) return;
  form.querySelector(":scope > .av")?.replaceWith(face.cloneNode(true));
  echo?.querySelector(".av")?.replaceWith(face.cloneNode(true));
  const name = echo?.querySelector(".by b");
  if (name) name.textContent = form.dataset.unnamed ?? "";
  form.querySelector(".write-box")?.append(hint.cloneNode(true));
}

/** Open and go there; on its page the form stands below the replies. False when there is no place to write. */
export function write(root: string, parent = "", name = ""): boolean {
  const form = open(root);
  if (!form || form.hasAttribute("data-closed")) return false;
  answer(form, parent, name);
  const field = form.querySelector<HTMLElement>(FIELD);
  field?.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest", behavior: "smooth" });
  return true;
}

function answer(form: HTMLFormElement, parent: string, name: string): void {
  const field = form.querySelector<HTMLInputElement>('input[name="parent_id"]');
  const line = form.querySelector<HTMLElement>("[data-reply-about]");
  if (field) field.value = parent;
  if (!line) return;
  line.hidden = !parent;
  line.replaceChildren();
  if (parent) line.append(make("span", {}, word("in-reply-to", { name: name || word("a-colleague") })), outOf(form));
}

function outOf(form: HTMLFormElement): HTMLElement {
  return textButton(word("not-a-reply-to"), "quiet", () => {
    answer(form, "", "");
    form.querySelector<HTMLElement>(FIELD)?.focus();
  });
}

/** Who wrote a reply. */
export const nameIn = (reply: Element): string => reply.querySelector<HTMLElement>(".by a, .by b")?.textContent?.trim() ?? "";

const nameOf = (id: string): string => document.querySelector(`#reply-${id || 0} .by :is(a, b)`)?.textContent ?? "";

// In a long talk each reply is answered by itself; on a card, the one that begins its group.
function answered(link: HTMLElement): [string, string] {
  const reply = link.closest<HTMLElement>("[data-reply]");
  if (!link.dataset.replyTo || !reply) return ["", ""];
  return [(link.closest("[data-flat]") && reply.dataset.reply) || link.dataset.replyTo, nameIn(reply)];
}

const rootOf = (link: HTMLElement): string =>
  link.closest<HTMLElement>("[data-replies]")?.dataset.replies ?? link.closest<HTMLElement>("[data-write]")?.dataset.write ?? "";

const plain = (event: MouseEvent): boolean => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;

export function start(): void {
  on("click", "a[data-reply-open], a[data-reply-to]", (event, link) => {
    const root = rootOf(link);
    // without a form here the link leads to the page that has one
    if (plain(event) && root && write(root, ...answered(link))) event.preventDefault();
  });
  each('form[data-post="reply"]', (form) => {
    const parent = form.querySelector<HTMLInputElement>('input[name="parent_id"]')?.value ?? "";
    answer(form as HTMLFormElement, parent, nameOf(parent));
    // a draft that comes back answers whom it answered
    form.addEventListener("fields:written", (event) => {
      const whom = (event as CustomEvent<Fields>).detail.find(([name]) => name === "parent_id")?.[1];
      if (whom) hold(() => answer(form as HTMLFormElement, whom, nameOf(whom)));
    });
    form.addEventListener("draft:done", () => hold(() => answer(form as HTMLFormElement, "", "")));
  });
}
