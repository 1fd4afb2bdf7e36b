import type { PageSelectors, ParsedPage } from '../parse-page.js';

/** A page as a source has it: read, or why it is left out. */
export interface SourcePage {
  /** What people call it: a file, a line of one, an address. */
  file: string;
  /** URL relative to the site's root: `guide/` for `guide/index.html`. */
  url: string;
  page: ParsedPage;
}

/** What every source is told. */
export interface SourceOptions {
  /** Larger pages are skipped, in bytes. */
  maxPageBytes: number;
  selectors?: PageSelectors | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Why a page is skipped that is too large. */
export function tooLarge(bytes: number, maxPageBytes: number): { skipped: string } {
  const megabytes = (number: number): string => (number / 1e6).toFixed(1);
  return {
    skipped: `it has ${megabytes(bytes)} MB, more than the ${megabytes(maxPageBytes)} MB that a page may have`,
  };
}
