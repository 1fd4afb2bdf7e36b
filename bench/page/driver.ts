import { driveBox } from './drive-box.js';
import { driveOurs, drivePagefind } from './drive-api.js';

/** Where a box has its parts, as selectors. */
export interface BoxParts {
  /** The element in whose shadow root the parts are. */
  host?: string;
  /** Opens the box; a box without one is there from the beginning. */
  button?: string;
  input: string;
  /** A row with its content. */
  row: string;
}

/** Milliseconds from the query to each thing shown; `rows` are the first ones. What did not come is left out. */
export type Shown = Partial<Record<'rows' | 'hybrid' | 'reranked' | 'done', number>>;

/** Acts as a visitor, inside the page. */
export interface Driver {
  /** Opens the search and asks; the milliseconds count from the opening. Goes on to the last stage, or only to rows. */
  open: (query: string, until: 'rows' | 'done') => Promise<Shown>;
  /** Asks another query. */
  ask: (query: string) => Promise<Shown>;
}

declare global {
  var startDriver: (drive: BoxParts | 'second-look API' | 'Pagefind API') => Driver;
}

globalThis.startDriver = (drive) =>
  drive === 'second-look API' ? driveOurs() : drive === 'Pagefind API' ? drivePagefind() : driveBox(drive);
