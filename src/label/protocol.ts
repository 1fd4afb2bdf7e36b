/** What the page and its server say to each other, as JSON. */

/** A query and the documents marked right for it. */
export interface QueryDraft {
  text: string;
  /** Ids of documents, in the order they were marked. */
  relevant: string[];
}

export interface LabelledQuery extends QueryDraft {
  id: string;
}

/** A document to judge. */
export interface Section {
  /** The document's id: its page's URL, and its anchor where it has one. */
  id: string;
  /** The page's title. */
  title: string;
  /** Headings from below the title down to the section's own. */
  trail: string[];
  /** The passage that was found, or the section's first. */
  text: string;
  /** The whole section, where it is more than `text`. */
  whole?: string;
  /** Named by a label, but not a section of the index: a whole page, or nothing that the index has. */
  label?: 'page' | 'unknown';
}

/** What there is when the page opens. */
export interface LabelSheet {
  queries: LabelledQuery[];
  /** The folder that holds the files. */
  folder: string;
  /** The command that evaluates with them. */
  command: string;
  /** How many sections the index has. */
  sections: number;
}

/** What may answer a query, from every retriever. */
export interface Pool {
  sections: Section[];
  /** Why a retriever found nothing: the pool favours the others then. */
  missing: string[];
}

export interface Refusal {
  error: string;
}

/** Longest query, in characters. */
export const MAX_QUERY_LENGTH = 500;
/** Most documents marked right for one query. */
export const MAX_RELEVANT = 200;
