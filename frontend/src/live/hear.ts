// Who hears what: modules say which kinds of live events they show, the socket hands them out, one after another.
import type { LiveEvent } from "./numbers";

type Heard = (event: LiveEvent) => void;

const hearers = new Map<string, Heard[]>();

/** Hear events of these kinds, such as `reply:posted`. */
export function hear(kinds: string[], heard: Heard): void {
  for (const kind of kinds) hearers.set(kind, [...(hearers.get(kind) ?? []), heard]);
}

/** Hand an event to all who hear its kind. One that fails does not keep it from the others. */
export function hand(event: LiveEvent): void {
  for (const heard of hearers.get(event.event) ?? []) {
    try {
      heard(event);
    } catch (error) {
      console.error(error);
    }
  }
}
