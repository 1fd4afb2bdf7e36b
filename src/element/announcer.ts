import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Wait after the last change before speaking, in ms: nobody wants to hear every keystroke. */
const QUIET = 1000;

/** Says things to screen readers, the latest only, once typing has paused. The host renders `text` in a live region. */
export class Announcer implements ReactiveController {
  text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.text = text;
      this.host.requestUpdate();
    }, QUIET);
  }

  hush(): void {
    clearTimeout(this.#timer);
    this.text = '';
  }
}
