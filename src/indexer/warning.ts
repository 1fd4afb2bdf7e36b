/** Something on a page that is not as its author will have meant it; the page is indexed all the same. */
export interface Warning {
  file: string;
  what: string;
  /** What to do about it: the same text for every warning of a kind. */
  advice: string;
}

/** A warning before it is known which file the page is. */
export type PageWarning = Omit<Warning, 'file'>;
