/** Space between an element and what is under it, in px. */
const GAP = 6;

/**
 * Keeps a popover under an element, as wide as it or wider, while the page scrolls and changes its size.
 * @returns ends that
 */
export function placeBelow(popover: HTMLElement, anchor: HTMLElement): () => void {
  const place = (): void => {
    const { left, right, bottom, width } = anchor.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const wide = Math.min(Math.max(width, popover.offsetWidth), clientWidth - 2 * GAP);
    const rightToLeft = getComputedStyle(anchor).direction === 'rtl';
    const start = rightToLeft ? right - wide : left;
    popover.style.setProperty('left', `${Math.max(GAP, Math.min(start, clientWidth - wide - GAP))}px`);
    popover.style.setProperty('top', `${bottom + GAP}px`);
    popover.style.setProperty('min-width', `${Math.min(width, wide)}px`);
    popover.style.setProperty('max-height', `${Math.max(120, clientHeight - bottom - 2 * GAP)}px`);
  };
  place();
  const controller = new AbortController();
  const options = { signal: controller.signal, passive: true, capture: true };
  addEventListener('scroll', place, options);
  addEventListener('resize', place, options);
  return () => controller.abort();
}
