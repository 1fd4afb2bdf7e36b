import type { BoxParts, Driver } from './driver.js';

/** A box that shows nothing for so long has found nothing. */
const PATIENCE = 20_000;
const WARM_PATIENCE = 2000;

/** Clicks and types, and watches for rows. */
export function driveBox({ host, button, input, row }: BoxParts): Driver {
  const root = host === undefined ? document : document.querySelector(host)!.shadowRoot!;
  const find = <T extends Element>(selector: string): T => root.querySelector<T>(selector)!;
  const fill = (text: string): void => {
    const field = find<HTMLInputElement>(input);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  const rows = async (present: boolean, patience: number): Promise<boolean> =>
    until(root, () => (root.querySelector(row) !== null) === present, patience);

  return {
    async open(query) {
      const started = performance.now();
      if (button !== undefined) find<HTMLButtonElement>(button).click();
      fill(query);
      return (await rows(true, PATIENCE)) ? { rows: performance.now() - started } : {};
    },
    async ask(query) {
      fill('');
      await rows(false, WARM_PATIENCE);
      const started = performance.now();
      fill(query);
      return (await rows(true, WARM_PATIENCE)) ? { rows: performance.now() - started } : {};
    },
  };
}

/** Waits until a condition holds, looking after every change of the tree; false when it never did. */
async function until(root: Node, holds: () => boolean, patience: number): Promise<boolean> {
  if (holds()) return true;
  return new Promise((resolve) => {
    const finish = (held: boolean): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(held);
    };
    const observer = new MutationObserver(() => holds() && finish(true));
    observer.observe(root, { childList: true, subtree: true, attributes: true });
    const timer = setTimeout(() => finish(false), patience);
  });
}
