import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Opens the search by Ctrl-K, ⌘-K, or `/` outside of fields. */
export class ShortcutController implements ReactiveController {
  constructor(
    host: ReactiveControllerHost,
    readonly open: () => void,
    readonly enabled: () => boolean,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (
      !this.enabled() ||
      event.defaultPrevented ||
      isComposing(event) ||
      document.querySelector('dialog:modal')
    )
      return;
    // Chrome's autofill sends key events without a key.
    const key = (event.key as string | undefined)?.toLowerCase();
    // On a keyboard of another script, the K is known by its place.
    const isAsked = isCommand(event)
      ? (key === 'k' || ((key ?? '') > '~' && event.code === 'KeyK')) && !event.shiftKey
      : key === '/' && !typesInto(event.composedPath()[0]);
    if (!isAsked || event.altKey) return;
    event.preventDefault();
    this.open();
  };
}

function typesInto(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, button'))
  );
}

/** Whether an input method has the key. In WebKit the one that ends a word comes after the end, with the code 229. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else says it.
export function isComposing({ isComposing: composes, keyCode }: KeyboardEvent): boolean {
  return composes || keyCode === 229;
}

/** Whether a key is pressed with Ctrl or ⌘, and so is none that types. */
export function isCommand(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

/** Whether ⌘ stands for the command key on this machine. */
export function hasCommandKey(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
