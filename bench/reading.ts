import { join } from 'node:path';
import { Part } from '../src/engine/part.js';
import { readQuery } from '../src/engine/query.js';
import { rank } from '../src/engine/rank.js';
import type { CrossEncoder } from '../src/engine/rerank/cross-encoder.js';
import { MOST_CANDIDATES, type Reading, readingOf } from '../src/engine/rerank/reading.js';
import { bootstrap } from '../src/evaluate/bootstrap.js';
import { withoutQuery } from '../src/evaluate/collection.js';
import { documentsOf } from '../src/evaluate/evaluate.js';
import { share, signedShare } from '../src/evaluate/format.js';
import { mean, measure } from '../src/evaluate/measures.js';
import { openForEvaluation } from '../src/evaluate/open-for-evaluation.js';
import type { Bench, Table } from './bench.js';
import { type Collection, scifactDev, tldrNpm } from './quality/collection.js';
import { spread } from './spread.js';

/** Of larger collections so many queries, evenly apart: each is read in several ways. */
const MOST_QUERIES = 280;

/** A way of reading, with no limit on its time: what the machine has time for is not the question here. */
interface Way {
  name: string;
  note: string;
  reading: Reading;
  /** Whether of long passages only a window is read. */
  windows: boolean;
}

const WAYS: readonly Way[] = [
  {
    name: 'none',
    note: 'The first look by itself.',
    reading: readingOf({ candidates: 0 }),
    windows: true,
  },
  {
    name: 'all in full',
    note: `The ${MOST_CANDIDATES} best candidates, whole passages.`,
    reading: readingOf({ candidates: MOST_CANDIDATES }),
    windows: false,
  },
  {
    name: 'all, windows',
    note: 'The same, of long passages the best window.',
    reading: readingOf({ candidates: MOST_CANDIDATES }),
    windows: true,
  },
  {
    name: 'auto',
    note: 'What a search does by default: windows, and candidates only while they may change the first ten.',
    reading: readingOf({ candidates: 'auto', budget: 60_000 }),
    windows: true,
  },
];

/** What one way made of a query. */
interface Outcome {
  ndcg: number;
  passages: number;
  tokens: number;
}

/** What the second look gains by reading everything, and how much of that it keeps by reading less. */
export const reading: Bench = async ({ progress, queries }) => {
  const tables: Table[] = [];
  const lines: string[] = [];
  const skipped: string[] = [];
  for (const open of [tldrNpm, scifactDev]) {
    const collection = await open();
    if ('absent' in collection) {
      skipped.push(collection.absent);
      continue;
    }
    progress(`${collection.name}: its index (kept for the next run)`);
    const { table, line } = await compare(collection, queries ?? MOST_QUERIES, progress);
    tables.push(table);
    lines.push(line);
  }
  return { line: lines.join('; '), tables, skipped, versions: {} };
};

async function compare(
  collection: Collection,
  most: number,
  progress: (message: string) => void,
): Promise<{ table: Table; line: string }> {
  const labelled = collection.queries.filter(({ id }) => collection.labels.has(id));
  const queries = spread(labelled, most);
  const read = await openReader(collection);
  const outcomes: Outcome[][] = [];
  for (const [done, query] of queries.entries()) {
    if (done % 20 === 0) progress(`${collection.name}: ${done} of ${queries.length} queries`);
    const relevant = collection.labels.get(query.id)!;
    const made: Outcome[] = [];
    for (const way of WAYS) {
      const { documents, ...cost } = await read(query.text, way);
      made.push({ ndcg: measure(withoutQuery(documents, query.id, relevant), relevant)['ndcg@10'], ...cost });
    }
    outcomes.push(made);
  }
  const full = WAYS.findIndex(({ windows }) => !windows);
  const of = (way: number, key: keyof Outcome): number => mean(outcomes.map((made) => made[way]![key]));
  const against = (way: number): string => {
    const { mean, low, high } = bootstrap(outcomes.map((made) => made[way]!.ndcg - made[full]!.ndcg));
    return `${signedShare(mean)} [${signedShare(low)}, ${signedShare(high)}]`;
  };
  const last = WAYS.length - 1;
  const work = (way: number): number => of(way, 'tokens') / of(full, 'tokens');
  return {
    line: `${collection.name}: nDCG@10 ${share(of(last, 'ndcg'))}, ${against(last)} against all in full, with ${share(work(last))} of its tokens`,
    table: {
      title: `How much is read: ${collection.name}`,
      about:
        `${queries.length} queries, by the default models and without a budget. nDCG@10 against all in full ` +
        `(with the 95 % paired bootstrap interval): ${WAYS.map(({ name }, way) => `${name} ${against(way)}`)
          .filter((_, way) => way !== full)
          .join(', ')}.`,
      columns: [
        { key: 'ndcg', label: 'nDCG@10', better: 'higher', digits: 4 },
        { key: 'passages', label: 'passages read', better: 'lower', digits: 1 },
        { key: 'tokens', label: 'tokens read', better: 'lower' },
        { key: 'work', label: 'share of the tokens', better: 'lower', digits: 2 },
      ],
      rows: WAYS.map(({ name, note }, way) => ({
        system: name,
        ours: true,
        note,
        figures: {
          ndcg: of(way, 'ndcg'),
          passages: of(way, 'passages'),
          tokens: of(way, 'tokens'),
          work: work(way),
        },
      })),
      final: WAYS[last]!.name,
    },
  };
}

type Reader = (query: string, way: Way) => Promise<{ documents: string[]; passages: number; tokens: number }>;

/** Runs both looks in the visitors' runtime, and counts what the cross-encoder is given. */
async function openReader(collection: Collection): Promise<Reader> {
  const index = await openForEvaluation(join(await collection.secondLook(), 'index'), { models: true });
  const { reranker } = index.manifest;
  if (!reranker) throw new Error(`The index of ${collection.name} has no reranker.`);
  const documentOf = await documentsOf(index, collection.group);
  let read = { passages: 0, tokens: 0 };
  const counted = (model: CrossEncoder): CrossEncoder => ({
    ...model,
    probabilities(query, texts, signal) {
      const asked = model.tokenizer.ids(query).slice(0, reranker.maxQueryTokens);
      for (const text of texts) {
        const { ids } = model.tokenizer.framePair(asked, model.tokenizer.ids(text), reranker.maxTokens);
        read.passages++;
        read.tokens += ids.length;
      }
      return model.probabilities(query, texts, signal);
    },
  });
  const model = await index.reranker.open();
  if (!model) throw new Error(`The reranker of ${collection.name} did not open: ${index.reranker.failure}`);
  const indexOf = (windows: boolean): typeof index => ({
    ...index,
    manifest: { ...index.manifest, reranker: windows ? reranker : { ...reranker, window: undefined } },
    reranker: new Part(async () => counted(model)),
  });
  const withWindows = indexOf(true);
  const withoutWindows = indexOf(false);
  return async (query, { reading, windows }) => {
    read = { passages: 0, tokens: 0 };
    let ranked: number[] = [];
    const used = windows ? withWindows : withoutWindows;
    for await (const { candidates } of rank(used, await readQuery(query, used), reading))
      ranked = candidates.map(({ passage }) => passage);
    return { documents: [...new Set(ranked.map((passage) => documentOf[passage]!))], ...read };
  };
}
