import { type Candidate, type Evidence, inOrder } from '../candidate.js';
import type { Passage } from '../index-file/passage-file.js';
import type { Analyser } from '../keyword/analyse.js';
import { exactKey } from '../keyword/exact-key.js';
import { containsPhrase } from '../keyword/contains-phrase.js';
import { spellings } from '../keyword/spellings.js';
import type { Query } from '../query.js';
import type { FirstLook } from '../retriever.js';
import type { Hit } from './read-answer.js';
import { scoresOf } from './score-hits.js';

/**
 * Makes candidates of an answer's hits. Where the query's quotes and excluded words are the engine's to understand,
 * some of its hits may be others: they are left out by what is known of them, so that quotes mean the same everywhere.
 */
export function toCandidates(
  stage: FirstLook['stage'],
  hits: readonly Hit[],
  passages: readonly Passage[],
  query: Query,
  analyser: Analyser,
): Candidate[] {
  const scores = scoresOf(hits.map(({ score }) => score));
  const asked = exactKey(query.analysed.words);
  const exactPages = new Set<string>();
  const candidates = passages.flatMap((passage, at): Candidate[] => {
    if (!isAllowed(passage, query, analyser)) return [];
    const { url } = passage.page;
    const exact = asked !== undefined && !exactPages.has(url) && isNamed(passage, asked, analyser);
    if (exact) exactPages.add(url);
    const score = scores[at]!;
    const evidence: Evidence = { rank: at + 1, score: hits[at]?.score ?? score };
    return [
      {
        ...{ passage: passage.id, score, firstStage: score, exact },
        ...(stage === 'keyword' ? { keyword: evidence } : { vector: evidence }),
      },
    ];
  });
  return inOrder(candidates);
}

/** Whether a passage's title or heading is the query. */
function isNamed({ page, section }: Passage, asked: string, { tokens }: Analyser): boolean {
  return [page.title, section.trail.at(-1) ?? ''].some((name) => {
    const words = [...tokens(name)].filter(({ whole }) => !whole).map(({ term }) => term);
    return exactKey(words) === asked;
  });
}

function isAllowed(
  { page, section, text }: Passage,
  { phrases, excluded }: Query,
  analyser: Analyser,
): boolean {
  const texts = [page.title, ...section.trail, text];
  if (!phrases.every((phrase) => texts.some((part) => containsPhrase(part, phrase, analyser)))) return false;
  if (excluded.length === 0) return true;
  const present = new Set(texts.flatMap((part) => [...analyser.tokens(part)].map(({ term }) => term)));
  const unwanted = excluded.flatMap((word) => spellings(word, analyser).slice(0, 1));
  return !unwanted.some((terms) => terms.every((term) => present.has(term)));
}
