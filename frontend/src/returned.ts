// Browsers keep whole pages for the way back, also over a sign-out, and show them without asking the server. Whoever is
// signed in by now is kept for all tabs; a page that comes back and was another person's, or whose session has ended,
// is shown no more and asks for itself again, which leads to the sign-in. What was being written is in its draft.
import { meta } from "./dom";

const WHO = "tl:who";

const mine = meta("account");

function leave(): void {
  document.body.hidden = true;
  location.reload();
}

function now(): string | null {
  try {
    return localStorage.getItem(WHO);
  } catch {
    // nothing can be kept here: rather ask once too often
    return null;
  }
}

export function start(): void {
  try {
    localStorage.setItem(WHO, mine);
  } catch {
    // now() says so
  }
  if (!mine) return;
  let back = false;
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    back = true;
    if (now() !== mine) leave();
  });
  // whoever signs out here is led away by that, and told
  document.addEventListener("submit", (event) => {
    if ((event.target as HTMLFormElement).action.endsWith("/sign-out")) back = false;
  });
  document.addEventListener("live:state", (event) => {
    if (back && (event as CustomEvent<{ state: string }>).detail.state === "signed-out") leave();
  });
}
