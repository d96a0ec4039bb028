// What this browser keeps for one account: drafts and unsent posts, under `tl:<account>:`. It is never the only copy of
// anything that the server already has, so a full or forbidden storage only loses the convenience.
import { meta } from "./dom";

const account = meta("account");
const name = (key: string): string => `tl:${account}:${key}`;

export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(name(key), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(name(key));
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(name(key));
  } catch {
    // nothing was kept then
  }
}

/** The keys of this account that start so. */
export function keysOf(start: string): string[] {
  try {
    const whole = name("");
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(name(start)))
      .map((key) => key.slice(whole.length));
  } catch {
    return [];
  }
}

/** Hear when another tab changes a key. */
export function heardElsewhere(key: string, heard: () => void): void {
  window.addEventListener("storage", (event) => event.key === name(key) && heard());
}

function onServer(text: string): boolean {
  const { saved, sequence } = JSON.parse(text) as { saved?: boolean; sequence?: number };
  return Boolean(saved && sequence);
}

/** On a page where nobody is signed in, drop what the server has too: the computer may be shared. */
export function forgetSaved(): void {
  if (account) return;
  try {
    for (const key of Object.keys(localStorage))
      if (/^tl:\d+:draft:/.test(key) && onServer(localStorage.getItem(key) ?? "{}")) localStorage.removeItem(key);
  } catch {
    // a broken entry is not ours to judge here
  }
}
