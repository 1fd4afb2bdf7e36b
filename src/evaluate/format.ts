import type { Comparison } from './evaluation.js';

/** A measure from 0 to 1 with three digits: `.681`. */
export function share(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

/** A difference between two of them with its sign: `+.021`. */
export function signedShare(value: number): string {
  return `${value < 0 ? '−' : '+'}${share(Math.abs(value))}`;
}

/** Milliseconds: `8.3 ms`, `140 ms`. */
export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

/** A number with commas: `1,234`. */
export function count(number: number): string {
  return number.toLocaleString('en');
}

/** A number of things: `1 query`, `1,234 queries`. */
export function countOf(number: number, one: string, more: string): string {
  return `${count(number)} ${number === 1 ? one : more}`;
}

/** Fewer queries than these tell nothing surely: the interval of a handful is narrower than the truth. */
const FEWEST_QUERIES = 20;

/** What a comparison says: the stage surely pays, surely costs, or these queries cannot tell. */
export function verdictOf({ difference, gained, lost, same }: Comparison): 'pays' | 'costs' | 'open' {
  if (gained + lost + same < FEWEST_QUERIES) return 'open';
  return difference.low > 0 ? 'pays' : difference.high < 0 ? 'costs' : 'open';
}

/** A rank for a table; a dash where there is none. */
export function place(rank: number | undefined): string {
  return rank === undefined ? '–' : String(rank);
}
