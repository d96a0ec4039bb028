// htmx, with nothing that the Content-Security-Policy forbids and nothing of a page kept on a shared computer.
// A refused form (422) comes back with its errors; any other trouble is told in a toast.
import htmx from "htmx.org";
import { csrfToken, sentenceOf } from "./server";
import { toast } from "./toast";
import { word } from "./words";

interface Request {
  headers: Record<string, string>;
}

export function start(): void {
  Object.assign(htmx.config, {
    includeIndicatorStyles: false,
    allowEval: false,
    allowScriptTags: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollBehavior: "auto",
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  document.addEventListener("htmx:configRequest", (event) => {
    (event as CustomEvent<Request>).detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    toast(sentenceOf(xhr.status, xhr.getResponseHeader("Content-Type"), xhr.responseText));
  });
  for (const trouble of ["htmx:sendError", "htmx:timeout"])
    document.addEventListener(trouble, () => toast(word("offline")));
}

/** Let htmx see markup that came by another way. */
export const process = (element: HTMLElement): void => htmx.process(element);
export const load = (address: string, target: HTMLElement): Promise<void> =>
  htmx.ajax("get", address, { target, swap: "innerHTML" });
