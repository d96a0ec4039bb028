// One file on its way or arrived: its picture or kind, name, progress, a description for pictures, and its buttons.
// It holds the hidden fields that the form posts: file_keys, file_names, file_alts, in the order of the rows.
import { icon, iconButton, make, tell } from "./dom";
import { csrfToken, sentenceOf } from "./server";
import { announce } from "./announce";
import { word } from "./words";

/** What an archive held: what was kept of it, and what was not, with the reason. */
export interface Unpacked {
  unpacked: Arrived[];
  refused: { name: string; reason: string }[];
}

export interface Arrived {
  key: string;
  name: string;
  alt?: string;
  picture?: string;
}

const STALLED_MS = 60_000;

export class UploadRow {
  readonly element = make("li", { class: "upload" });
  state: "going" | "arrived" | "failed" = "going";
  private readonly status = make("span", { class: "upload-state" });
  private readonly tools = make("span", { class: "upload-tools" });
  private request: XMLHttpRequest | null = null;
  private picture: string | null = null;

  constructor(
    private readonly name: string,
    private readonly address: string,
    private readonly file: File | null,
    private readonly kept = "",
  ) {
    this.element.append(this.face(), make("span", { class: "upload-name" }, name), this.status, this.tools);
  }

  static of(arrived: Arrived): UploadRow {
    const row = new UploadRow(arrived.name, "", null, arrived.picture);
    row.arrive(arrived);
    return row;
  }

  /** One that does not come in, whatever one does. */
  static refused(name: string, reason: string): UploadRow {
    const row = new UploadRow(name, "", null);
    row.become("failed", reason);
    announce(`${name}: ${reason}`);
    return row;
  }

  send(): void {
    const request = new XMLHttpRequest();
    const progress = make("progress", { max: 100, "aria-label": word("uploading", { name: this.name }) });
    this.request = request;
    this.become("going", progress);
    // A connection that is dead but not closed never says so: no progress for a minute is a failure.
    let stalled = 0;
    const watch = (): void => {
      window.clearTimeout(stalled);
      stalled = window.setTimeout(() => {
        request.abort();
        this.fail("");
      }, STALLED_MS);
    };
    watch();
    request.addEventListener("loadend", () => window.clearTimeout(stalled));
    request.upload.addEventListener("progress", (event) => {
      watch();
      if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => this.answered(request));
    for (const trouble of ["error", "timeout"]) request.addEventListener(trouble, () => this.fail(""));
    request.open("POST", this.address);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    const body = new FormData();
    if (this.file) body.append("file", this.file, this.name);
    request.send(body);
  }

  private answered(request: XMLHttpRequest): void {
    if (request.status >= 200 && request.status < 300) {
      try {
        const said = JSON.parse(request.responseText) as { key: string } | Unpacked;
        if ("unpacked" in said) tell(this.element, "uploads:unpacked", said);
        else this.arrive({ name: this.name, ...said });
        return;
      } catch {
        // an answer that is no answer: the same as none
      }
    }
    const type = request.getResponseHeader("Content-Type");
    this.fail(type?.includes("json") ? sentenceOf(request.status, type, request.responseText) : "");
  }

  private arrive(arrived: Arrived): void {
    const hidden = (name: string, value: string) => make("input", { type: "hidden", name, value });
    this.element.append(hidden("file_keys", arrived.key), hidden("file_names", this.name));
    this.become("arrived", "");
    if (this.isPicture()) this.status.append(this.describe(arrived.alt ?? ""));
    else this.element.append(hidden("file_alts", ""));
    announce(word("uploaded", { name: this.name }));
  }

  private fail(sentence: string): void {
    const said = sentence || word("upload-failed", { name: this.name });
    this.become("failed", said);
    this.tools.prepend(iconButton(`${word("try-again")}: ${this.name}`, "retry", () => this.send()));
    announce(said);
  }

  private become(state: UploadRow["state"], shown: Node | string): void {
    this.state = state;
    this.element.classList.toggle("upload-failed", state === "failed");
    this.status.replaceChildren(shown);
    this.tools.replaceChildren(iconButton(word("remove", { name: this.name }), "close", () => this.remove()));
    if (state === "arrived" && this.isPicture())
      this.tools.prepend(
        iconButton(word("move-earlier", { name: this.name }), "up", () => this.move(-1)),
        iconButton(word("move-later", { name: this.name }), "down", () => this.move(1)),
      );
    tell(this.element, "uploads:change");
  }

  remove(): void {
    const list = this.element.parentElement;
    this.request?.abort();
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.element.remove();
    if (list) tell(list, "uploads:change");
  }

  private move(step: number): void {
    const other = step < 0 ? this.element.previousElementSibling : this.element.nextElementSibling;
    if (!other) return;
    const pressed = document.activeElement;
    if (step < 0) other.before(this.element);
    else other.after(this.element);
    if (pressed instanceof HTMLElement) pressed.focus();
    tell(this.element, "uploads:change");
  }

  private isPicture(): boolean {
    return this.file ? this.file.type.startsWith("image/") : /\.(jpe?g|png|gif|webp|heic)$/i.test(this.name);
  }

  private face(): Node {
    if (this.file && this.isPicture()) this.picture = URL.createObjectURL(this.file);
    const source = this.picture ?? (this.isPicture() ? this.kept : "");
    if (source) {
      const picture = make("img", { class: "upload-picture", src: source, alt: "" });
      picture.addEventListener("error", () => picture.replaceWith(this.kind()), { once: true });
      return picture;
    }
    return this.kind();
  }

  private kind(): HTMLElement {
    const kind = this.name.includes(".") ? (this.name.split(".").pop() ?? "").slice(0, 4) : "";
    const face = make("span", { class: `file-kind file-${kind.toLowerCase()}`, "aria-hidden": "true" }, kind.toUpperCase());
    if (!kind) face.append(icon("page"));
    return face;
  }

  private describe(alt: string): HTMLElement {
    const label = word("describe", { name: this.name });
    const field = { type: "text", name: "file_alts", class: "input", maxlength: 300, value: alt };
    return make("input", { ...field, placeholder: word("describe-short"), "aria-label": label });
  }
}
