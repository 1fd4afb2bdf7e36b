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

/** The page of a document's id: what stands before its `#`. */
export function pageOf(id: string): string {
  const hash = id.indexOf('#');
  return hash < 0 ? id : id.slice(0, hash);
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
