import type { Candidate } from '../../src/engine/candidate.js';
import type { SearchIndex } from '../../src/engine/open-index.js';
import { readQuery } from '../../src/engine/query.js';

/** Candidates of queries, `[queries, depth]` row-major, best first. */
export interface Lists {
  /** Numbers of passages; `NONE` behind the last. */
  passages: Uint32Array;
  /** The first look's score, 0 to 1. */
  first: Float32Array;
  /** BM25F's score; not a number where words did not find it. */
  keyword: Float32Array;
  /** The embedder's cosine; not a number where vectors did not find it. */
  cosine: Float32Array;
  /** 1 where the query is the passage's whole title or heading: it stays on top. */
  exact: Uint8Array;
}

export const NONE = 0xffffffff;
const REPORT_EVERY = 500;

/**
 * Asks the product's first look for the candidates of each query.
 * @param relevant passages of which each list shall have at least one: the best-ranked takes the last place if need be
 */
export async function mineLists(
  index: SearchIndex,
  queries: readonly { text: string }[],
  depth: number,
  relevant: readonly ReadonlyMap<number, number>[] | undefined,
  onProgress: (done: number) => void,
): Promise<Lists> {
  const size = queries.length * depth;
  const lists: Lists = {
    passages: new Uint32Array(size).fill(NONE),
    first: new Float32Array(size),
    keyword: new Float32Array(size).fill(NaN),
    cosine: new Float32Array(size).fill(NaN),
    exact: new Uint8Array(size),
  };
  for (const [at, { text }] of queries.entries()) {
    const found = await firstLook(index, text);
    const list = withOneOf(found.slice(0, depth), found, relevant?.[at]);
    list.forEach(({ passage, firstStage, keyword, vector, exact }, rank) => {
      const place = at * depth + rank;
      lists.passages[place] = passage;
      lists.first[place] = firstStage;
      lists.keyword[place] = keyword?.score ?? NaN;
      lists.cosine[place] = vector?.score ?? NaN;
      lists.exact[place] = Number(exact);
    });
    if ((at + 1) % REPORT_EVERY === 0) onProgress(at + 1);
  }
  return lists;
}

async function firstLook(index: SearchIndex, text: string): Promise<Candidate[]> {
  const query = await readQuery(text, index);
  let candidates: Candidate[] = [];
  for await (const look of index.retriever.retrieve(query)) ({ candidates } = look);
  return candidates;
}

function withOneOf(
  list: readonly Candidate[],
  found: readonly Candidate[],
  relevant: ReadonlyMap<number, number> | undefined,
): readonly Candidate[] {
  const [any] = relevant?.keys() ?? [];
  if (!relevant || any === undefined || list.some(({ passage }) => relevant.has(passage))) return list;
  const best = found.find(({ passage }) => relevant.has(passage)) ?? missed(any);
  return [...list.slice(0, -1), best];
}

/** A passage that the first look did not find at all. */
function missed(passage: number): Candidate {
  return { passage, score: 0, firstStage: 0, exact: false };
}
