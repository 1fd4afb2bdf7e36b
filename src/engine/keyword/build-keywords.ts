import type { Passage } from '../index-file/passage-file.js';
import { tokens } from './analyse.js';
import { type KeywordContents, type Posting, writeKeywordFile } from './keyword-file.js';

/** One passage as the keyword index sees it, field by field. */
export interface KeywordDocument {
  title: string;
  /** The section's own heading. */
  heading: string;
  /** The headings above it. */
  trail: string;
  body: string;
}

/** The fields of a passage. */
export function fieldsOf({ page, section, text }: Omit<Passage, 'id'>): KeywordDocument {
  return {
    title: page.title,
    heading: section.trail.at(-1) ?? '',
    trail: section.trail.slice(0, -1).join('\n'),
    body: text,
  };
}

/** Builds the keyword file for passages in the order of their ids. */
export function buildKeywords(documents: Iterable<KeywordDocument>): Uint8Array<ArrayBuffer> {
  const contents: KeywordContents = { lengths: [[], [], [], []], postings: new Map() };
  let document = 0;
  for (const { title, heading, trail, body } of documents) {
    [title, heading, trail, body].forEach((text, field) => {
      contents.lengths[field]?.push(addField(contents.postings, document, field, text));
    });
    document++;
  }
  return writeKeywordFile(contents);
}

/** Counts a field's terms into the postings; returns its length in words, compounds apart. */
function addField(postings: Map<string, Posting[]>, document: number, field: number, text: string): number {
  let length = 0;
  for (const { term, whole } of tokens(text)) {
    let list = postings.get(term);
    if (!list) postings.set(term, (list = []));
    let posting = list.at(-1);
    if (posting?.document !== document) list.push((posting = { document, counts: [0, 0, 0, 0] }));
    posting.counts[field] = (posting.counts[field] ?? 0) + 1;
    if (!whole) length++;
  }
  return length;
}
