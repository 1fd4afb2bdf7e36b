/** A document of a BEIR corpus. */
export interface CorpusDocument {
  id: string;
  title: string;
  text: string;
}

export interface Query {
  id: string;
  text: string;
}

/** Relevant documents of each query, by ids: the grade, from 1. */
export type Labels = Map<string, Map<string, number>>;

/** What labels call a site's home page, whose URL in the index is empty: a label cannot be. */
export const HOME = './';

/** The page of a document's id: what stands before its `#`, or the home page. */
export function pageOf(id: string): string {
  const hash = id.indexOf('#');
  return (hash < 0 ? id : id.slice(0, hash)) || HOME;
}

/**
 * A ranking without the query itself: collections such as ArguAna have their queries among the documents, and BEIR does
 * not count a document that has the query's id, unless it is labelled.
 */
export function withoutQuery(
  ranking: readonly string[],
  query: string,
  relevant: ReadonlyMap<string, number>,
): string[] {
  return ranking.filter((document) => document !== query || relevant.has(document));
}

/** Labels of pages, made of labels of their sections: each page has its best section's grade. */
export function pageLabels(labels: Labels): Labels {
  return new Map(
    [...labels].map(([query, grades]) => {
      const pages = new Map<string, number>();
      for (const [document, grade] of grades)
        pages.set(pageOf(document), Math.max(grade, pages.get(pageOf(document)) ?? 0));
      return [query, pages];
    }),
  );
}
