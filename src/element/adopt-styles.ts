import type { CSSResult } from 'lit';

/** Adds styles to a root that does not have them yet. */
export function adoptStyles(root: Node, styles: readonly CSSResult[]): void {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  const wanted = styles.flatMap(({ styleSheet }) => styleSheet ?? []);
  const missing = wanted.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
  if (missing.length > 0) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...missing];
}
