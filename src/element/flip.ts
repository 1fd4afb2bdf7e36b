/** A list that moves for longer is in the way, in ms. */
const LONGEST = 150;

/** Where elements stood before a change. */
export type Positions = Map<Element, number>;

/** Notes where the children of a list stand, which keep their elements when they move. */
export function positionsOf(list: Element | null): Positions {
  return new Map([...(list?.children ?? [])].map((child) => [child, child.getBoundingClientRect().top]));
}

/** Lets moved children glide from where they stood (FLIP, Lewis 2015); not for visitors who want less motion. */
export function glide(list: Element | null, before: Positions): void {
  if (!list || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const duration = Math.min(
    LONGEST,
    parseFloat(getComputedStyle(list).getPropertyValue('--sl-duration')) || 0,
  );
  for (const [child, top] of positionsOf(list)) {
    const moved = (before.get(child) ?? top) - top;
    if (moved === 0) continue;
    child.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
      duration,
      easing: 'ease-out',
    });
  }
}
