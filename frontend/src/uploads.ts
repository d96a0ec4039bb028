// Files come in as soon as they are chosen, dropped or pasted, several at once, each with its progress.
//   data-uploader             the place around <input type=file multiple> and <ul data-uploads>; one in a form
//   data-upload-url           where each file is posted, as `file`; the answer is JSON {key} or {error}; {unpacked, refused} for an archive
//   data-picture-url          where a kept picture is seen small, with KEY for its key: a restored draft shows it
//   data-upload-limit="10"    how many files; data-upload-max="26214400" how many bytes each
// The form posts file_keys, file_names and file_alts, equally long. Without scripts the input posts the files with it.
// Event `uploads:change` bubbles when a row changes; `form.dataset.uploading` is there while a file is on its way.
import { each, tell } from "./dom";
import { toast } from "./toast";
import { UploadRow, type Unpacked } from "./upload-row";
import type { Fields } from "./fields";
import { word } from "./words";

class Uploader {
  private rows: UploadRow[] = [];
  private readonly list: HTMLElement;
  private readonly form: HTMLFormElement | null;

  constructor(private readonly zone: HTMLElement) {
    const list = zone.querySelector<HTMLElement>("[data-uploads]");
    const input = zone.querySelector<HTMLInputElement>('input[type="file"]');
    if (!list || !input) throw new Error("an uploader needs a list and a file field");
    this.list = list;
    this.form = zone.closest("form");
    input.removeAttribute("name");
    input.addEventListener("change", () => {
      this.take(Array.from(input.files ?? []));
      input.value = "";
    });
    this.listen();
    // chosen before this script had come
    const chosen = Array.from(input.files ?? []);
    input.value = "";
    if (chosen.length) window.setTimeout(() => this.take(chosen));
  }

  private listen(): void {
    const around = this.form ?? this.zone;
    around.addEventListener("dragover", (event) => this.over(event, true));
    around.addEventListener("dragleave", (event) => this.over(event, false));
    around.addEventListener("drop", (event) => this.dropped(event));
    around.addEventListener("paste", (event) => {
      // a word processor puts a picture of the text beside the text: the text is what was meant
      const words = event.clipboardData?.types.some((type) => type.startsWith("text/"));
      const files = words ? [] : Array.from(event.clipboardData?.files ?? []);
      if (files.length) event.preventDefault();
      this.take(files);
    });
    this.list.addEventListener("uploads:change", () => this.changed());
    this.list.addEventListener("uploads:unpacked", (event) => this.unpacked(event.target as HTMLElement, (event as CustomEvent<Unpacked>).detail));
    this.form?.addEventListener("reset", () => this.empty());
    this.form?.addEventListener("fields:written", (event) => this.restore((event as CustomEvent<Fields>).detail));
  }

  private over(event: DragEvent, inside: boolean): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.zone.classList.toggle("is-over", inside);
  }

  private dropped(event: DragEvent): void {
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (!files.length) return;
    event.preventDefault();
    this.zone.classList.remove("is-over");
    this.take(files);
  }

  private take(files: File[]): void {
    const limit = Number(this.zone.dataset.uploadLimit ?? 10);
    const most = Number(this.zone.dataset.uploadMax ?? 0);
    for (const file of files) {
      if (this.rows.length >= limit) return toast(word("too-many", { limit }));
      if (most && file.size > most) toast(word("too-large", { name: file.name, limit: `${Math.round(most / 1048576)} MB` }));
      else this.add(new UploadRow(file.name || "picture.png", this.zone.dataset.uploadUrl ?? "", file)).send();
    }
  }

  private add(row: UploadRow): UploadRow {
    this.rows.push(row);
    this.list.append(row.element);
    return row;
  }

  private changed(): void {
    this.rows = this.rows.filter((row) => row.element.isConnected);
    if (!this.form) return;
    const going = this.rows.filter((row) => row.state === "going").length;
    if (going) this.form.dataset.uploading = String(going);
    else delete this.form.dataset.uploading;
    tell(this.form, "input");
  }

  /** In the place of an archive: what was in it. */
  private unpacked(archive: HTMLElement, { unpacked, refused }: Unpacked): void {
    const limit = Number(this.zone.dataset.uploadLimit ?? 10);
    archive.remove();
    this.rows = this.rows.filter((row) => row.element.isConnected);
    const room = Math.max(0, limit - this.rows.length);
    for (const arrived of unpacked.slice(0, room)) this.add(UploadRow.of(arrived));
    for (const { name, reason } of refused) this.add(UploadRow.refused(name, reason));
    if (unpacked.length > room) toast(word("too-many", { limit }));
    this.changed();
  }

  private empty(): void {
    for (const row of this.rows.splice(0)) row.remove();
    this.list.replaceChildren();
  }

  private restore(fields: Fields): void {
    const all = (name: string): string[] => fields.filter(([key]) => key === name).map(([, value]) => value);
    const [keys, names, alts] = [all("file_keys"), all("file_names"), all("file_alts")];
    this.empty();
    const picture = (key: string): string => (this.zone.dataset.pictureUrl ?? "").replace("KEY", encodeURIComponent(key));
    keys.forEach((key, index) =>
      this.add(UploadRow.of({ key, name: names[index] ?? key, alt: alts[index] ?? "", picture: picture(key) })),
    );
  }
}

export function start(): void {
  each("[data-uploader]", (zone) => new Uploader(zone));
  document.addEventListener(
    "submit",
    (event) => {
      if (!(event.target instanceof HTMLFormElement) || !event.target.dataset.uploading) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      toast(word("upload-wait"));
    },
    { capture: true },
  );
}
