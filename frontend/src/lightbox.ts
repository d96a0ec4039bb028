// Pictures in a [data-lightbox] list open large: arrow keys, Escape, buttons, a swipe. Without scripts a link opens the file.
import { announce } from "./announce";
import { iconButton, make, on } from "./dom";
import { word } from "./words";

const SWIPE_PX = 48;

class Lightbox {
  private readonly picture = make("img", { alt: "" });
  private readonly caption = make("figcaption");
  private readonly back = iconButton(word("previous-image"), "left", () => this.go(-1));
  private readonly next = iconButton(word("next-image"), "right", () => this.go(1));
  private readonly box = make("dialog", { class: "lightbox" });

  constructor(
    private readonly links: HTMLAnchorElement[],
    private at: number,
  ) {
    const close = iconButton(word("close"), "close", () => this.box.close());
    close.className = "lightbox-close";
    this.back.className = "lightbox-back";
    this.next.className = "lightbox-next";
    this.box.append(close, this.back, make("figure", {}, this.picture, this.caption), this.next);
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("close", () => this.leave());
    this.listenForSwipe();
  }

  show(): void {
    document.body.append(this.box);
    this.box.showModal();
    this.go(0);
  }

  private go(step: number): void {
    this.at = Math.max(0, Math.min(this.links.length - 1, this.at + step));
    const link = this.links[this.at];
    if (!link) return;
    const words = link.querySelector("img")?.alt ?? link.textContent?.trim() ?? "";
    const place = word("image-of", { index: this.at + 1, count: this.links.length });
    this.picture.src = link.href;
    this.picture.alt = words;
    this.caption.textContent = this.links.length > 1 ? `${words} · ${place}` : words;
    this.box.setAttribute("aria-label", place);
    this.back.hidden = this.at === 0;
    this.next.hidden = this.at === this.links.length - 1;
    if (step) announce(`${words} ${place}`);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "ArrowRight") this.go(1);
    else if (event.key === "ArrowLeft") this.go(-1);
  }

  private listenForSwipe(): void {
    let from = 0;
    this.picture.addEventListener("touchstart", (event) => (from = event.touches[0]?.clientX ?? 0), { passive: true });
    this.picture.addEventListener("touchend", (event) => {
      const way = (event.changedTouches[0]?.clientX ?? from) - from;
      if (Math.abs(way) > SWIPE_PX) this.go(way < 0 ? 1 : -1);
    });
  }

  private leave(): void {
    this.box.remove();
    this.links[this.at]?.focus();
  }
}

export function start(): void {
  on("click", "[data-lightbox] a", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const list = link.closest("[data-lightbox]");
    const links = Array.from(list?.querySelectorAll<HTMLAnchorElement>("a[href]") ?? []);
    new Lightbox(links, links.indexOf(link as HTMLAnchorElement)).show();
  });
}
