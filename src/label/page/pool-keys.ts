/** The digit that marks a row, by its place from 0. */
export function digitOf(at: number): string {
  return String((at + 1) % 10);
}

/** Keys within the list of sections: digits mark, arrows move, Escape leaves. */
export function onPoolKey(event: KeyboardEvent, onLeave: () => void): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const list = event.currentTarget as HTMLElement;
  const boxes = [...list.querySelectorAll('input')];
  const box = /^\d$/.test(event.key)
    ? boxes.slice(0, 10).find((_, at) => digitOf(at) === event.key)
    : undefined;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (box) {
    box.click();
    box.focus();
  } else if (step !== undefined) {
    const row = (event.target as Element).closest('li');
    const at = boxes.findIndex((other) => row?.contains(other));
    boxes[Math.min(Math.max(at + step, 0), boxes.length - 1)]?.focus();
  } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.target.click();
  else if (event.key === 'Escape') onLeave();
  else return;
  event.preventDefault();
}
