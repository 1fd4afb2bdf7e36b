/** A row as a visitor sees it. */
export interface RowSeen {
  text: string;
  /** Where it leads, without the text fragment, which engines hide from scripts. */
  path: string;
  isChosen: boolean;
  hasScore: boolean;
}

/** What a visitor sees of the box and its page. */
export interface BoxSeen {
  /** Path and anchor of the page. */
  path: string;
  /** Whether the dialog, or the list under an inline field, is there. */
  isOpen: boolean;
  /** Whether the page's history has an entry for the dialog, which goes a moment after it. */
  hasEntry: boolean;
  /** Whether the field has the focus. */
  isFocused: boolean;
  query: string;
  titles: string[];
  rows: RowSeen[];
  status: string;
}

/** Looks at the box; runs in the page. */
export function seeBox(): BoxSeen {
  const root = document.querySelector('second-look')?.shadowRoot;
  const visible = <Kind extends Element>(selector: string): Kind[] =>
    [...(root?.querySelectorAll<Kind>(selector) ?? [])].filter((each) => each.getClientRects().length > 0);
  const textOf = (element: Element | undefined): string =>
    (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const pathOf = ({ pathname, hash }: { pathname: string; hash: string }): string =>
    pathname + hash.replace(/:~:.*/, '');
  const input = root?.querySelector('input');
  return {
    path: pathOf(location),
    isOpen: visible('dialog, .popover').length > 0,
    hasEntry: (history.state as { secondLook?: number } | null)?.secondLook !== undefined,
    isFocused: input != null && root?.activeElement === input,
    query: input?.value ?? '',
    titles: visible('[part="page-title"]').map(textOf),
    rows: visible<HTMLAnchorElement>('a[part="result"]').map((row) => ({
      text: textOf(row),
      path: pathOf(row),
      isChosen: row.getAttribute('aria-selected') === 'true',
      hasScore: row.querySelector('[part="score"]') !== null,
    })),
    status: textOf(visible('[part="status"]')[0]),
  };
}
