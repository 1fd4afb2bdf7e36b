/** An entry of the page's history that stands for an open dialog, so that Back closes it and nothing else. */
export class BackEntry {
  #isThere = false;
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
    history.pushState({ ...(typeof state === 'object' ? state : {}), secondLook: true }, '');
    addEventListener('popstate', this.#onPop);
  }

  /** The dialog was closed by other means. */
  drop(): void {
    if (!this.#forget() || !isOurs()) return;
    this.#gone = new Promise((resolve) => {
      addEventListener('popstate', () => resolve(), { once: true });
    });
    history.back();
  }

  /** The dialog closes as the visitor follows a link: its page takes the entry's place. False where there is none. */
  leaveFor(href: string): boolean {
    if (!this.#forget() || !isOurs()) return false;
    location.replace(href);
    return true;
  }

  #forget(): boolean {
    const wasThere = this.#isThere;
    this.#isThere = false;
    removeEventListener('popstate', this.#onPop);
    return wasThere;
  }

  readonly #onPop = (): void => {
    if (isOurs()) return;
    this.#forget();
    this.onBack();
  };
}

function isOurs(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'secondLook' in state;
}
