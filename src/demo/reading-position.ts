/** A section is being read once its heading has come this far up, in CSS pixels from the top of the window. */
const readingLine = 140;

/** Keeps the section being read marked in the list of a page's sections. */
export function followReading(list: HTMLElement): void {
  const sections = Array.from(list.querySelectorAll<HTMLAnchorElement>('a[href^="#"]'), (link) => ({
    link,
    heading: document.getElementById(decodeURIComponent(link.hash.slice(1))),
  }));
  let marked: HTMLAnchorElement | undefined;

  const mark = (): void => {
    scheduled = false;
    const { link } = sections.findLast(({ heading }) => top(heading) <= readingLine) ?? {};
    if (link === marked) return;
    marked?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'location');
    marked = link;
    if (link) keepInSight(link, list);
  };

  let scheduled = false;
  const schedule = (): void => {
    if (!scheduled) requestAnimationFrame(mark);
    scheduled = true;
  };
  addEventListener('scroll', schedule, { passive: true });
  addEventListener('resize', schedule, { passive: true });
  schedule();
}

function top(heading: HTMLElement | null): number {
  return heading?.getBoundingClientRect().top ?? Infinity;
}

/** Scrolls a list that is longer than the window, without scrolling the window. */
function keepInSight(link: HTMLElement, list: HTMLElement): void {
  const { top, bottom } = link.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom)
    list.scrollTop += (top + bottom) / 2 - (frame.top + frame.bottom) / 2;
}
