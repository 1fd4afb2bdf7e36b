/**
 * A list that folds away on narrow screens stands open on wide ones, where the style sheet hides its summary. The style
 * sheet shows such a list from the start; this opens it in earnest, for all who go by the markup.
 */
export function unfoldWhereWide(fold: HTMLDetailsElement): void {
  const summary = fold.querySelector('summary');
  let wide = false;
  const check = (): void => {
    const nowWide = !!summary && getComputedStyle(summary).display === 'none';
    if (nowWide !== wide) fold.open = nowWide;
    wide = nowWide;
  };
  addEventListener('resize', check, { passive: true });
  check();
}
