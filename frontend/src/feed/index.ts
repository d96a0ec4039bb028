// What one does on a feed and on a contribution's page. Each file is one behaviour.
import * as acts from "./acts";
import * as back from "./back";
import * as composer from "./composer";
import * as fold from "./fold";
import * as keys from "./keys";
import * as marks from "./marks";
import * as menuActs from "./menu-acts";
import * as pager from "./pager";
import * as replyForm from "./reply-form";
import * as trying from "./trying";
import * as unnamed from "./unnamed";

export function start(): void {
  for (const part of [trying, acts, menuActs, replyForm, composer, pager, fold, back, marks, keys, unnamed]) part.start();
}
