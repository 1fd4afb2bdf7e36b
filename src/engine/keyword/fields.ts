/** What a passage's words are found in. */
export const FIELDS = ['title', 'heading', 'trail', 'body', 'url'] as const;

/** Something for each field, in the order of FIELDS. */
export type PerField = readonly [title: number, heading: number, trail: number, body: number, url: number];

/** One passage as the keyword index sees it. */
export interface KeywordDocument {
  title: string;
  /** The section's own heading. */
  heading: string;
  /** The headings above it. */
  trail: string;
  body: string;
  /** The page's address, without what it shares with every other. */
  url?: string;
  /** What its words' frequencies are multiplied by, 0 to 100. Default 1. */
  weight?: number;
}
