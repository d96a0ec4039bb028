// data-copy="text" (or a link's own address with data-copy="") puts it on the clipboard and says so.
import { on } from "./dom";
import { toast } from "./toast";
import { word } from "./words";

export function start(): void {
  on("click", "[data-copy]", (event, element) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    const text = element.dataset.copy || (element as HTMLAnchorElement).href;
    void navigator.clipboard.writeText(text).then(() => toast(word("copied")));
  });
}
