import type { Passage } from './index-file/passage-file.js';
import type { Embedder } from './model/embedder.js';
import { Recent } from './rerank/recent.js';
import { sentencesOf, type Sentence } from './sentences.js';

/** Sentences of fewer characters go with the next one: "For example:" answers nothing by itself. */
const SHORTEST = 30;
/** Of a passage, no more are looked at. */
const MOST = 8;
/** Passages whose sentences' vectors are remembered: what one is typing finds them again and again. */
const REMEMBERED = 100;

const remembered = new WeakMap<Embedder, Recent<Embedded[]>>();

interface Embedded {
  start: number;
  vector: Float32Array;
}

/**
 * Of each passage, where the sentence begins that is nearest to the query in meaning.
 * @returns by the passage's number
 * @throws the signal's reason, between any two passages, once it is aborted
 */
export async function answeringSentences(
  embedder: Embedder,
  query: string,
  passages: readonly Passage[],
  language: string,
  signal?: AbortSignal,
): Promise<Map<number, number>> {
  const known = remembered.get(embedder) ?? new Recent<Embedded[]>(REMEMBERED);
  remembered.set(embedder, known);
  const wanted = await embedder.embedQuery(query);
  const starts = new Map<number, number>();
  for (const { id, text } of passages) {
    signal?.throwIfAborted();
    const sentences = known.get(text) ?? (await embed(embedder, text, language));
    known.set(text, sentences);
    const near = sentences.map(({ vector }) => dot(vector, wanted));
    const best = sentences[near.indexOf(Math.max(...near))];
    if (best) starts.set(id, best.start);
  }
  return starts;
}

async function embed(embedder: Embedder, text: string, language: string): Promise<Embedded[]> {
  const sentences = longEnough(sentencesOf(text, language)).slice(0, MOST);
  const vectors = await embedder.embedPassages(sentences.map((sentence) => sentence.text.trim()));
  return sentences.map(({ start }, at) => ({ start, vector: vectors[at]! }));
}

/** Joins what is short with what follows it, or at the end with what stands before. */
function longEnough(sentences: readonly Sentence[]): Sentence[] {
  const joined: Sentence[] = [];
  let open: Sentence | undefined;
  for (const { text, start } of sentences) {
    open = open ? { text: open.text + text, start: open.start } : { text, start };
    if (open.text.trim().length < SHORTEST) continue;
    joined.push(open);
    open = undefined;
  }
  const last = joined.at(-1);
  if (open && last) last.text += open.text;
  else if (open) joined.push(open);
  return joined;
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
