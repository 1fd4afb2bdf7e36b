/** An entry of the page's history that stands for an open dialog, so that Back closes it and nothing else. */
export class BackEntry {
  #isThere = false;
  /** Tells the entry from one that an earlier dialog left, before the page was loaded anew. */
  #mark = 0;
  /** Resolves when an entry that is being given up is gone. */
  #gone: Promise<void> = Promise.resolve();

  /** @param onBack called when the visitor goes back */
  constructor(readonly onBack: () => void) {}

  /**
   * The dialog opens.
   * @param isOpen whether it still is, once an earlier entry is gone
   */
  async push(isOpen: () => boolean): Promise<void> {
    await this.#gone;
    if (this.#isThere || !isOpen()) return;
    this.#isThere = true;
    // A router keeps its own notes in the state.
    const state: unknown = history.state;
    this.#mark = Date.now();
    history.pushState({ ...(typeof state === 'object' ? state : {}), secondLook: this.#mark }, '');
    addEventListener('popstate', this.#onPop);
  }

  /** The dialog was closed by other means. */
  drop(): void {
    if (!this.#forget() || !this.#isOurs) return;
    this.#gone = new Promise((resolve) => {
      addEventListener('popstate', () => resolve(), { once: true });
    });
    history.back();
  }

  /** The dialog closes as the visitor follows a link: its page takes the entry's place. False where there is none. */
  leaveFor(href: string): boolean {
    if (!this.#forget() || !this.#isOurs) return false;
    location.replace(href);
    return true;
  }

  #forget(): boolean {
    const wasThere = this.#isThere;
    this.#isThere = false;
    removeEventListener('popstate', this.#onPop);
    return wasThere;
  }

  get #isOurs(): boolean {
    return (history.state as { secondLook?: unknown } | null)?.secondLook === this.#mark;
  }

  readonly #onPop = (): void => {
    if (this.#isOurs) return;
    this.#forget();
    this.onBack();
  };
}
