// What a long talk does on its own page, loaded once it stands. Each file is one behaviour.
import * as closing from "./closing";
import * as dock from "./dock";
import * as head from "./head";
import * as here from "./here";
import * as keys from "./keys";
import * as newcomers from "./newcomers";
import * as place from "./place";
import * as quote from "./quote";
import * as window_ from "./window";

export function start(thread: HTMLElement): void {
  for (const part of [window_, newcomers, place, head, here, quote, dock, closing, keys]) part.start(thread);
}
