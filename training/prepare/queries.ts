import type { Passage } from '../../src/engine/index-file/passage-file.js';
import { howTo } from './how-to.js';

/** What a query was made of; the order is that of the numbers in the files. */
export const KINDS = [
  'question',
  'link',
  'heading',
  'how-to',
  'sentence',
  'keywords',
  'identifier',
  'written',
] as const;
export type Kind = (typeof KINDS)[number];

/** A query, and the passages that it is known to lead to, with grades from 1. */
export interface TrainingQuery {
  text: string;
  kind: Kind;
  relevant: Map<number, number>;
}

/** A heading that more sections have names none of them ("Examples", "See also"). */
const MOST_SECTIONS = 2;
const LONGEST_SENTENCE = 160;
const IDENTIFIER =
  /\b(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\(\))?|[a-z]+(?:_[a-z0-9]+)+(?:\(\))?|[a-z]+[A-Z]\w+|--[a-z][a-z-]+)/g;

/**
 * Makes queries of the passages themselves: headings, questions made of headings, first sentences, one or two words, and
 * identifiers. What they lead to is the section's first passage, or the passage that they were taken from.
 * @param random 0 to 1
 */
export function queriesOfPassages(passages: readonly Passage[], random: () => number): TrainingQuery[] {
  const frequencies = wordFrequencies(passages);
  const frequency = (word: string): number => frequencies.get(word) ?? 0;
  const sections = new Map<string, number>();
  const firsts = passages.filter(({ section }, at) => passages[at - 1]?.section !== section);
  for (const first of firsts) {
    const heading = headingOf(first).toLowerCase();
    sections.set(heading, (sections.get(heading) ?? 0) + 1);
  }
  const queries: TrainingQuery[] = [];
  const add = (kind: Kind, text: string | undefined, passage: Passage): void => {
    if (text && text.length > 2) queries.push({ text, kind, relevant: new Map([[passage.id, 2]]) });
  };
  for (const first of firsts) {
    const heading = headingOf(first);
    const common = sections.get(heading.toLowerCase())! > MOST_SECTIONS;
    const title = first.page.title;
    if (!common) {
      add('heading', heading, first);
      add('how-to', howTo(heading, frequency, random), first);
    } else if (title !== heading) add('heading', `${title} ${heading.toLowerCase()}`, first);
  }
  for (const passage of passages) {
    add('sentence', sentenceOf(passage.text), passage);
    add('keywords', keywordsOf(passage, frequency, random), passage);
    const identifiers = [...new Set(passage.text.match(IDENTIFIER) ?? [])];
    add('identifier', identifiers[Math.floor(random() * identifiers.length)], passage);
  }
  return queries;
}

function headingOf({ page, section }: Passage): string {
  return section.trail.at(-1) ?? page.title;
}

/** The first sentence, if it is one. */
function sentenceOf(text: string): string | undefined {
  const sentence = /^[A-Z][^\n]{20,}?[.?!](?=\s|$)/.exec(text)?.[0];
  return sentence && sentence.length <= LONGEST_SENTENCE ? sentence.slice(0, -1) : undefined;
}

/** One or two of the rarer words of a passage that stand elsewhere too, as people type them. */
function keywordsOf(
  passage: Passage,
  frequency: (word: string) => number,
  random: () => number,
): string | undefined {
  const heading = wordsOf([passage.page.title, ...passage.section.trail].join(' '));
  const own = random() < 0.6 ? heading : wordsOf(passage.text);
  const rare = [...new Set(own)]
    .filter((word) => word.length > 2 && frequency(word) > 2)
    .sort((one, other) => frequency(one) - frequency(other))
    .slice(0, 5);
  if (rare.length === 0) return undefined;
  const first = Math.floor(random() * rare.length);
  const second = random() < 0.5 ? Math.floor(random() * rare.length) : first;
  return [...new Set([first, second])]
    .map((at) => rare[at]!)
    .sort((one, other) => own.indexOf(one) - own.indexOf(other))
    .join(' ');
}

/** In how many passages each word stands. */
function wordFrequencies(passages: readonly Passage[]): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const { text } of passages)
    for (const word of new Set(wordsOf(text))) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  return frequencies;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
