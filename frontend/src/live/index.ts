// What is live on a page. Each file is one behaviour; they meet in the document's events, so that each can be away.
import * as bell from "./bell";
import * as cards from "./cards";
import * as conversations from "./conversations";
import * as counts from "./counts";
import * as folded from "./folded";
import * as fresh from "./fresh";
import * as lost from "./lost";
import * as mine from "./mine";
import * as pill from "./pill";
import * as queue from "./queue";
import * as replies from "./replies";
import * as seen from "./seen";
import * as socket from "./socket";
import * as typing from "./typing";
import * as unread from "./unread";
import * as watch from "./watch";

export function start(): void {
  // the socket listens before mine says what there is to hear
  for (const part of [socket, cards, counts, replies, typing, pill, fresh, lost, unread, folded, mine, bell, conversations, queue, watch, seen]) part.start();
}
