// The line inside a form that says what became of its draft, [data-draft-state], with what its person can do about it.
import { announce } from "./announce";
import { textButton } from "./dom";
import { word } from "./words";

export class Line {
  private readonly place: HTMLElement | null;

  constructor(form: HTMLFormElement) {
    this.place = form.querySelector<HTMLElement>("[data-draft-state]");
  }

  say(sentence: string, ...choices: HTMLElement[]): void {
    if (!this.place) return;
    // it grows with choices and never shrinks again: the button below would move from under the finger
    this.place.style.minHeight = `${this.place.offsetHeight}px`;
    this.place.replaceChildren(sentence, ...choices);
  }

  /** Words stand in the form that its person may not expect: they can begin anew. */
  offer(sentence: string, over: () => void): void {
    this.say(`${sentence} `, textButton(word("draft-over"), "quiet", over));
    announce(sentence);
  }

  /** There are newer ones elsewhere. */
  choose(chosen: (newer: boolean) => void): void {
    const newer = textButton(word("draft-take"), "plain", () => chosen(true));
    this.say(`${word("draft-newer")} `, newer, textButton(word("draft-keep"), "quiet", () => chosen(false)));
    announce(word("draft-newer"));
  }
}
