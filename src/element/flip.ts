/** A list that moves for longer is in the way, in ms. */
const LONGEST = 150;

/** Where elements stood before a change, by their key. */
export type Positions = Map<string, number>;

/** Notes where the children of a list stand. */
export function positionsOf(list: Element | null): Positions {
  const positions: Positions = new Map();
  for (const child of list?.children ?? []) {
    const key = child.getAttribute('data-key');
    if (key !== null) positions.set(key, child.getBoundingClientRect().top);
  }
  return positions;
}

/** Lets moved children glide from where they stood (FLIP, Lewis 2015); not for visitors who want less motion. */
export function glide(list: Element | null, before: Positions): void {
  if (!list || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const duration = Math.min(
    LONGEST,
    parseFloat(getComputedStyle(list).getPropertyValue('--sl-duration')) || 0,
  );
  for (const [key, top] of positionsOf(list)) {
    const moved = (before.get(key) ?? top) - top;
    if (moved === 0) continue;
    list
      .querySelector(`:scope > [data-key="${CSS.escape(key)}"]`)
      ?.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
        duration,
        easing: 'ease-out',
      });
  }
}
