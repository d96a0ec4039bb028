// What every page loads. Each module is one behaviour, bound to attributes that its first lines describe; they know one
// another only through those attributes and events, so that a page works with any of them away.
import * as busy from "./busy";
import * as confirm from "./confirm";
import * as copy from "./copy";
import * as days from "./days";
import * as dialog from "./dialog";
import { each } from "./dom";
import * as drafts from "./drafts";
import * as feed from "./feed";
import * as htmx from "./htmx";
import * as length from "./length";
import * as lightbox from "./lightbox";
import * as live from "./live";
import * as menu from "./menu";
import * as outbox from "./outbox";
import * as look from "./look";
import * as many from "./many";
import * as privacy from "./privacy";
import * as resource from "./resource";
import * as returned from "./returned";
import * as rich from "./rich";
import { forgetSaved } from "./store";
import * as suggest from "./suggest";
import * as theme from "./theme";
import * as thread from "./thread/open";
import * as time from "./time";
import * as toast from "./toast";
import * as uploads from "./uploads";

forgetSaved();
returned.start();
// Rows that scroll sideways on a phone begin where one is, unless that is seen from their beginning.
for (const row of document.querySelectorAll<HTMLElement>(".tabs, .filters, .filters-row")) {
  const here = row.querySelector<HTMLElement>("[aria-current]");
  if (here && here.offsetLeft + here.offsetWidth > row.offsetLeft + row.clientWidth) row.scrollLeft = here.offsetLeft - row.offsetLeft - 40;
}
// The order is the order in which a submit is heard: what may stop it comes first.
for (const behaviour of [confirm, length, uploads, feed, busy, htmx, time, theme, toast, menu, dialog, lightbox, copy, suggest, resource, many, days, look]) behaviour.start();
for (const behaviour of [rich, drafts, privacy, outbox]) behaviour.start();
live.start();
thread.start();
each("[data-standards]", (picker) => void import("./standards").then((rest) => rest.start(picker)));
