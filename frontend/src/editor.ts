// The rich text editor (Trix), loaded at first focus by rich.ts. Files do not go through it: uploads.ts takes them.
// The hidden field that it fills, the label, the description and the limit come from the textarea that it replaces.
import { icon, make, tell, writingIn } from "./dom";
import { button as mathsButton, type Writes } from "./maths";
import { watch } from "./maths-live";
import { comeWith, contentOf } from "./rich";
import { word } from "./words";
import "trix";

interface TrixElement extends Writes {
  defaultValue: string;
  editor: Writes["editor"] & { loadHTML: (html: string) => void };
  editorController?: { render: () => void; selectionManager: Selects; inputController: { render: () => void } };
}

interface Selects {
  setLocationRange: (range: unknown) => void;
  clearSelection: () => void;
}

type Tool = [kind: "attribute" | "action", name: string, iconName: string, wordName: string, key?: string];

const TOOLS: Tool[] = [
  ["attribute", "bold", "bold", "editor-bold", "b"],
  ["attribute", "italic", "italic", "editor-italic", "i"],
  ["attribute", "heading1", "heading", "editor-heading"],
  ["attribute", "bullet", "list", "editor-list"],
  ["attribute", "number", "numbers", "editor-numbers"],
  ["attribute", "quote", "quote", "editor-quote"],
  ["attribute", "href", "link", "editor-link", "k"],
];

let made = 0;

function toolbar(id: string): HTMLElement {
  const tools = make("div", { class: "tools", role: "group", "aria-label": word("editor-tools") });
  for (const [kind, name, iconName, wordName, key] of TOOLS) {
    const said = { "aria-label": word(wordName), title: word(wordName) };
    const button = make("button", { type: "button", ...said, [`data-trix-${kind}`]: name, "data-trix-key": key });
    if (name === "href") button.dataset.trixAction = "link";
    button.append(icon(iconName));
    tools.append(button);
  }
  const bar = document.createElement("trix-toolbar");
  bar.id = id;
  bar.append(tools, make("div", { "data-trix-dialogs": true }, linkDialog()));
  return bar;
}

function linkDialog(): HTMLElement {
  const label = word("editor-link-address");
  const method = (label: string, look: string, name: string) =>
    make("input", { type: "button", class: `button button-${look}`, value: label, "data-trix-method": name });
  const address = { type: "url", name: "href", class: "input", "aria-label": label, placeholder: "https://" };
  return make(
    "div",
    { class: "tools-link", "data-trix-dialog": "href", "data-trix-dialog-attribute": "href" },
    make("input", { ...address, "data-trix-input": true, required: true, disabled: true }),
    method(word("editor-link-set"), "plain", "setAttribute"),
    method(word("editor-link-remove"), "quiet", "removeAttribute"),
  );
}

/** Put an editor in the place of a textarea; resolves when it can be written in. */
export async function replace(area: HTMLTextAreaElement): Promise<HTMLElement> {
  await customElements.whenDefined("trix-editor");
  const id = area.id || `rich-${(made += 1)}`;
  const hidden = make("input", { type: "hidden", id: `${id}-html`, name: area.dataset.richName || "html" });
  hidden.value = contentOf(area);
  const hasCome = area.dataset.plain === undefined && area.value === area.defaultValue;
  const bar = toolbar(`${id}-tools`);
  const editor = document.createElement("trix-editor") as TrixElement;
  bar.querySelector(".tools")?.append(mathsButton(editor));
  const own = { id, input: hidden.id, toolbar: bar.id, class: area.className };
  for (const [name, value] of Object.entries(own)) editor.setAttribute(name, value);
  for (const name of ["placeholder", "aria-describedby", "aria-label", "aria-invalid", "data-max"])
    if (area.hasAttribute(name)) editor.setAttribute(name, area.getAttribute(name) ?? "");
  if (area.required) editor.setAttribute("aria-required", "true");
  editor.dataset.plainName = area.name;
  nameByLabel(editor, id);
  return new Promise((resolve) => {
    editor.addEventListener("trix-initialize", () => {
      bar.querySelectorAll("button").forEach((button) => button.removeAttribute("tabindex"));
      resolve(editor);
    });
    const caret = document.activeElement === area ? area.selectionEnd : null;
    area.before(hidden, bar, editor);
    // the editor has written it in its own way by now: that alone is nobody's words
    if (hasCome) hidden.dataset.came = hidden.value;
    // a reset goes back to what the page came with, not to what was restored or typed since
    editor.defaultValue = comeWith(area);
    listen(editor, hidden, bar);
    leaveFocus(editor, bar);
    watch(editor);
    area.parentElement?.classList.add("is-rich");
    // whoever is typing already goes on where they are, without a letter lost
    if (caret !== null) {
      editor.focus();
      editor.editor.setSelectedRange(caret);
    }
    area.remove();
  });
}

// The label names the editor as it named the field, and a press on it still goes there.
function nameByLabel(editor: HTMLElement, id: string): void {
  const label = document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(id)}"]`);
  if (!label || editor.hasAttribute("aria-label")) return;
  label.id ||= `${id}-label`;
  editor.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => editor.focus());
}

// Trix draws a letter a frame after it was typed, and sets the selection then. Browsers move the focus to whatever holds a
// selection that a script sets, so a late frame would take the next words, or the next press of a key, of whoever went on
// already. In another field nothing is set; from anything else the focus is given back.
function leaveFocus(editor: TrixElement, bar: HTMLElement): void {
  const { selectionManager: selects, inputController: input } = editor.editorController ?? {};
  if (!selects || !input) return;
  const within = (at: Element | null): boolean => editor.contains(at) || bar.contains(at);
  const elsewhere = (): boolean => {
    const writing = writingIn();
    return !!writing && !within(writing);
  };
  const [set, clear] = [selects.setLocationRange.bind(selects), selects.clearSelection.bind(selects)];
  selects.setLocationRange = (range) => (elsewhere() ? undefined : set(range));
  selects.clearSelection = () => (elsewhere() ? undefined : clear());
  const draw = input.render;
  input.render = () => quietly(editor, bar, draw);
}

/** Draw what is still to be drawn; whoever is elsewhere stays there. */
function quietly(editor: TrixElement, bar: HTMLElement, draw: () => void): void {
  const at = document.activeElement;
  draw();
  if (document.activeElement !== editor || editor.contains(at) || bar.contains(at)) return;
  if (at instanceof HTMLElement && at !== document.body) at.focus({ preventScroll: true });
  else editor.blur();
}

function listen(editor: TrixElement, hidden: HTMLInputElement, bar: HTMLElement): void {
  editor.addEventListener("trix-file-accept", (event) => event.preventDefault());
  editor.addEventListener("trix-attachment-add", (event) => {
    const { attachment } = event as Event & { attachment?: { remove: () => void } };
    attachment?.remove();
  });
  editor.addEventListener("trix-change", () => {
    editor.removeAttribute("aria-invalid");
    tell(editor, "rich:change");
  });
  editor.addEventListener("rich:set", (event) => {
    editor.editor.loadHTML((event as CustomEvent<{ html: string }>).detail.html);
  });
  // The hidden field follows a frame later; what is sent or kept has the last letter too.
  hidden.form?.addEventListener("formdata", (event) => {
    if (!editor.isConnected) return;
    quietly(editor, bar, () => editor.editorController?.render());
    event.formData.set(hidden.name, hidden.value);
  });
  // a reset goes back to what the page came with; what was posted is gone
  hidden.form?.addEventListener("draft:done", () => editor.editor.loadHTML(""));
}
