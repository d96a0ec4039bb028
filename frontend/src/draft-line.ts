// The line inside a form that says what became of its draft, [data-draft-state], with what its person can do about it.
import { announce } from "./announce";
import { textButton } from "./dom";
import { word } from "./words";

export class Line {
  private readonly place: HTMLElement | null;
  /** Between the words in the form and newer ones: not chosen yet. */
  chooses = false;
  /** The newer ones have not come into a form here, also where these were posted meanwhile. */
  others = false;

  constructor(form: HTMLFormElement) {
    this.place = form.querySelector<HTMLElement>("[data-draft-state]");
  }

  say(sentence: string, ...choices: HTMLElement[]): void {
    this.chooses = false;
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
    const choice = (label: string, look: string, newer: boolean): HTMLElement =>
      textButton(word(label), look, () => {
        this.settle();
        chosen(newer);
      });
    this.say(`${word("draft-newer")} `, choice("draft-take", "plain", true), choice("draft-keep", "quiet", false));
    this.chooses = this.place !== null;
    this.others = true;
    announce(word("draft-newer"));
  }

  /** There is nothing to choose between any more. */
  settle(): void {
    if (this.chooses) this.say("");
    this.others = false;
  }
}
