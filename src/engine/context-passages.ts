import { estimateTokens } from './estimate-tokens.js';
import type { Passage } from './index-file/passage-file.js';
import type { SearchIndex } from './open-index.js';
import type { Found } from './search.js';
import { sentencesOf } from './sentences.js';
import type { Missing, SearchRequest } from './update.js';

/** A question for whose answer a language model is to be given passages. */
export interface ContextRequest extends Pick<SearchRequest, 'text' | 'filters' | 'rerank'> {
  /** Most tokens of all texts together, 16 to 100000; title, trail and URL are not counted. Default 1500. */
  maxTokens?: number | undefined;
}

/** What a language model is to read, with where it stands. */
export interface ContextPassage {
  /** The page's URL with the heading's anchor. */
  url: string;
  /** The page's title. */
  title: string;
  /** Headings from below the title down to the section's own; empty at the page's top. */
  trail: string[];
  text: string;
  /** How many tokens the text has. */
  tokens: number;
  /** That of its best passage, 0 to 1. */
  score: number;
}

export interface Context {
  /** Best first, as the second look has it; neighbours of a section are joined. */
  passages: ContextPassage[];
  /** How many tokens all texts have together. */
  tokens: number;
  /** By the index's own model, or estimated where none is loaded. */
  counted: 'by tokenizer' | 'by estimate';
  /** Parts that could not answer, and why; the passages are what the others found. */
  missing: Missing[];
}

/** Passages that are looked up at a time. */
const LOOKED_UP = 16;

/** Neighbouring passages of a section, in the order of the site. */
interface Stretch {
  url: string;
  score: number;
  passages: Passage[];
  text: string;
  tokens: number;
}

/**
 * The passages that answer a question best, as many as the budget holds: in the order of the second look, neighbours of
 * a section joined in reading order, no text twice. The first that does not fit is cut behind its last sentence that
 * does, and is the last.
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function contextPassages(
  index: SearchIndex,
  { candidates, missing, urlOf }: Found,
  maxTokens = 1500,
  signal?: AbortSignal,
): Promise<Context> {
  const counter = await tokenCounter(index);
  const count = counter ?? estimateTokens;
  const stretches: Stretch[] = [];
  const texts = new Set<string>();
  const failed = new Set<string>();
  let left = maxTokens;

  for await (const { passage, score, url } of read()) {
    if (texts.has(sameText(passage.text))) continue;
    texts.add(sameText(passage.text));
    const neighbours = stretches.filter((stretch) => adjoins(stretch, url, passage));
    const passages = [...neighbours.flatMap((stretch) => stretch.passages), passage];
    passages.sort((one, other) => one.id - other.id);
    const joined = passages.map((one) => one.text).join('\n');
    const tokens = count(joined);
    const more = tokens - sum(neighbours);
    if (more > left) {
      const cut = cutToFit(passage.text, left, index.manifest.language, count, stretches.length === 0);
      if (cut !== '') stretches.push({ url, score, passages: [passage], text: cut, tokens: count(cut) });
      break;
    }
    left -= more;
    // It stands where the best of its passages does.
    const [first, ...others] = neighbours;
    for (const other of others) stretches.splice(stretches.indexOf(other), 1);
    if (first) Object.assign(first, { passages, text: joined, tokens });
    else stretches.push({ url, score, passages, text: joined, tokens });
  }
  return {
    passages: stretches.map(({ url, score, passages: [first], text, tokens }) => ({
      ...{ url, title: first!.page.title, trail: first!.section.trail },
      ...{ text, tokens, score },
    })),
    tokens: sum(stretches),
    counted: counter ? 'by tokenizer' : 'by estimate',
    missing: [...missing, ...[...failed].map((reason): Missing => ({ part: 'passages', reason }))],
  };

  /** The candidates' passages, best first. */
  async function* read(): AsyncGenerator<{ passage: Passage; score: number; url: string }, void> {
    for (let at = 0; at < candidates.length; at += LOOKED_UP) {
      const some = candidates.slice(at, at + LOOKED_UP);
      const { passages, failures } = await index.retriever.passages.get(some.map(({ passage }) => passage));
      signal?.throwIfAborted();
      for (const { message } of failures) failed.add(message);
      for (const { passage: id, score } of some) {
        const passage = passages.get(id);
        const url = passage && urlOf(passage);
        if (passage && url !== undefined) yield { passage, score, url };
      }
    }
  }

  /** Whether a passage stands right before or behind a stretch. What an engine sends is in no order of a site. */
  function adjoins({ url, passages }: Stretch, ofPassage: string, { id }: Passage): boolean {
    return (
      index.manifest.remote === undefined &&
      url === ofPassage &&
      (passages[0]!.id === id + 1 || passages.at(-1)!.id === id - 1)
    );
  }
}

/** How a model that is there counts tokens; undefined where there is none. */
async function tokenCounter({
  embedder,
  reranker,
}: SearchIndex): Promise<((text: string) => number) | undefined> {
  const tokenizer =
    (await embedder.use((opened) => opened.tokenizer)) ?? (await reranker.use((opened) => opened.tokenizer));
  return tokenizer?.count;
}

/** The sentences from the beginning that fit; where not even one does and something must, its words. */
function cutToFit(
  text: string,
  most: number,
  language: string,
  count: (text: string) => number,
  must: boolean,
): string {
  const whole = longest(sentencesOf(text, language).map((sentence) => sentence.text));
  return whole !== '' || !must ? whole : longest(text.match(/\S+\s*/g) ?? []);

  function longest(pieces: readonly string[]): string {
    for (let end = pieces.length; end > 0; end--) {
      const beginning = pieces.slice(0, end).join('').trim();
      if (count(beginning) <= most) return beginning;
    }
    return '';
  }
}

/** Texts that differ in nothing but white space are the same to read. */
function sameText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((total, { tokens }) => total + tokens, 0);
}
