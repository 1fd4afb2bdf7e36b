import type { OpenedResult } from './search-history.js';
import type { SearchSession } from './search-session.js';

/** A click on a result's link, in the list or in the history. */
export function openResult(
  session: SearchSession,
  result: Pick<OpenedResult, 'url' | 'trail'>,
  event: MouseEvent,
): void {
  const { href } = event.currentTarget as HTMLAnchorElement;
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!session.opens(result, href, elsewhere)) event.preventDefault();
}
