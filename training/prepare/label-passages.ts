import type { Passage } from '../../src/engine/index-file/passage-file.js';
import { documentId } from '../../src/evaluate/document-id.js';
import { type Labels, pageOf } from '../../src/evaluate/collection.js';
import type { SiteLinks } from './links.js';
import type { TrainingQuery } from './queries.js';

/** Of a long section so many passages are labelled, its first ones. */
const MOST_PASSAGES = 6;

/**
 * Questions whose labels name pages or sections, with labels of passages.
 * @param ids of each page in the order of its text, where a label may name a place inside a section
 */
export function labelQuestions(
  passages: readonly Passage[],
  queries: readonly { id: string; text: string }[],
  labels: Labels,
  ids: SiteLinks['ids'] = new Map(),
): TrainingQuery[] {
  const sections = bySection(passages);
  return queries.flatMap(({ id, text }): TrainingQuery[] => {
    const relevant = new Map<number, number>();
    for (const [document, grade] of labels.get(id) ?? []) {
      const page = pageOf(document);
      const section = sectionAt(sections, ids.get(page) ?? [], page, document.slice(page.length + 1));
      for (const { id: passage } of (section ?? []).slice(0, MOST_PASSAGES)) relevant.set(passage, grade);
    }
    return relevant.size > 0 ? [{ text, kind: 'question', relevant }] : [];
  });
}

/** A link's text leads to the passage of its target that has most of its words. */
export function labelLinks(passages: readonly Passage[], { links, ids }: SiteLinks): TrainingQuery[] {
  const sections = bySection(passages);
  return links.flatMap(({ text, page, anchor }): TrainingQuery[] => {
    const section = sectionAt(sections, ids.get(page) ?? [], page, anchor);
    if (!section?.[0]) return [];
    const words = wordsOf(text);
    const overlap = (passage: Passage): number => {
      const found = new Set(wordsOf(passage.text));
      return words.filter((word) => found.has(word)).length;
    };
    const best = section.reduce((one, other) => (overlap(other) > overlap(one) ? other : one));
    return [{ text, kind: 'link', relevant: new Map([[best.id, 2]]) }];
  });
}

/** The section that an anchor is of, or the one that it lies in: the last to begin before it. */
function sectionAt(
  sections: ReadonlyMap<string, Passage[]>,
  ids: readonly string[],
  page: string,
  anchor: string,
): Passage[] | undefined {
  const own = sections.get(`${page}#${anchor}`);
  if (own) return own;
  for (let at = ids.indexOf(anchor); at >= 0; at--) {
    const section = sections.get(`${page}#${ids[at]!}`);
    if (section) return section;
  }
  return sections.get(page);
}

/** Passages by the section that they are of; of a page's top where they are under no heading. */
function bySection(passages: readonly Passage[]): Map<string, Passage[]> {
  const sections = new Map<string, Passage[]>();
  const add = (key: string, passage: Passage): void => {
    const list = sections.get(key);
    if (list) list.push(passage);
    else sections.set(key, [passage]);
  };
  for (const passage of passages) {
    const id = documentId(passage);
    add(id, passage);
    // Labels may name a page: its first passages stand for it, where it has nothing above its first heading.
    if (id !== pageOf(id) && !sections.has(pageOf(id))) add(pageOf(id), passage);
  }
  return sections;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
