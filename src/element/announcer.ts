/** Wait after the last change before speaking, in ms: nobody wants to hear every keystroke. */
const QUIET = 1000;

/** Says things to screen readers, the latest only, once typing has paused. `text` is shown in a live region. */
export class Announcer {
  text = '';
  #next = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange called when there is another text to say */
  constructor(readonly onChange: () => void) {}

  say(text: string): void {
    if (text === this.#next) return;
    this.#next = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.text = text;
      this.onChange();
    }, QUIET);
  }

  hush(): void {
    clearTimeout(this.#timer);
    this.text = this.#next = '';
  }
}
