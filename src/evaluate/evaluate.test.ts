import { describe, expect, it, vi } from 'vitest';
import { MOST_CANDIDATES } from '../engine/rerank/reading.js';
import { fakeEmbedder, fakeReranker, smallIndex } from '../testing/small-index.js';
import type { Labels, Query } from './collection.js';
import { evaluate, type EvaluateOptions } from './evaluate.js';
import type { Evaluation } from './evaluation.js';
import { STAGES } from './rank-stages.js';

type IndexOptions = NonNullable<Parameters<typeof smallIndex>[0]>;

const QUERIES: Query[] = [
  { id: 'q1', text: 'remove a package' },
  { id: 'q2', text: 'undo it' },
  { id: 'q3', text: 'cache folder' },
];
const LABELS = labels({
  q1: ['unpublish.html#description'],
  q2: ['unpublish.html#warning'],
  q3: ['cache.html#description'],
});

function labels(named: Record<string, string[]>): Labels {
  return new Map(
    Object.entries(named).map(([query, documents]) => [query, new Map(documents.map((id) => [id, 1]))]),
  );
}

interface Asked extends Partial<EvaluateOptions> {
  queries?: Query[];
  labels?: Labels;
}

async function evaluated(asked: Asked = {}, options: IndexOptions = {}): Promise<Evaluation> {
  const { queries = QUERIES, labels: given = LABELS, ...more } = asked;
  const { index } = await smallIndex(options);
  return evaluate(index, queries, given, { collection: 'small', ...more });
}

/** Prefers warnings, and what is said of the cache. */
const warnings: IndexOptions = {
  reranker: async () => fakeReranker((passage) => (/Warning|cache/.test(passage) ? 1 : 0)),
};
const broken = (reason: string) => (): Promise<never> => Promise.reject(new Error(reason));

describe('evaluate', () => {
  it('measures each stage, and says what it measured', async () => {
    const evaluation = await evaluated();
    expect(evaluation).toMatchObject({
      ...{ collection: 'small', queries: 3, documents: 8, passages: 8, candidates: MOST_CANDIDATES },
      ...{ embedder: 'test-embedder', reranker: 'test-reranker', missing: [], unknownLabels: 0 },
    });
    // Words find q1 and q3 in first place, and nothing of q2; vectors have q3 in third place, and q2 in second.
    expect(evaluation.stages.keyword).toMatchObject({ 'mrr@10': 2 / 3, 'recall@10': 2 / 3 });
    expect(evaluation.stages.keyword?.['ndcg@10']).toBeCloseTo(2 / 3);
    expect(evaluation.stages.vector?.['mrr@10']).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3);
    expect(evaluation.stages.hybrid?.['mrr@10']).toBeCloseTo((1 + 1 / 2 + 1) / 3);
    expect(evaluation.stages.keyword?.interval.mean).toBe(evaluation.stages.keyword?.['ndcg@10']);
    expect(Object.keys(evaluation.stages)).toEqual([...STAGES]);
  });

  it('tells of each query what the stages made of it', async () => {
    const [q1, q2] = (await evaluated({}, warnings)).perQuery;
    expect(q1).toMatchObject({
      id: 'q1',
      text: 'remove a package',
      relevant: ['unpublish.html#description'],
    });
    expect(q2?.stages.keyword).toEqual({ 'ndcg@10': 0 });
    expect(q2?.stages.hybrid?.first).toBe(2);
    expect(q2?.stages.reranked).toEqual({ 'ndcg@10': 1, first: 1 });
  });

  it('compares each stage with those that it rests on, query by query', async () => {
    const { comparisons, stages } = await evaluated({}, warnings);
    expect(comparisons.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'keyword hybrid',
      'vector hybrid',
      'hybrid reranked',
    ]);
    for (const { from, to, difference, gained, lost, same } of comparisons) {
      expect(gained + lost + same).toBe(3);
      expect(difference.mean).toBeCloseTo(stages[to]!['ndcg@10'] - stages[from]!['ndcg@10']);
    }
    // q1 loses its first place to the warning, q2 gains it, and q3 had it.
    expect(comparisons[2]).toMatchObject({ gained: 1, lost: 1, same: 1 });
  });

  it('goes from the first stage to the last as the cross-encoder reads on', async () => {
    const { depths, stages } = await evaluated({}, warnings);
    expect(depths.map(({ read }) => read)).toEqual([0, 4, 8]);
    expect(depths[0]?.['ndcg@10']).toBeCloseTo(stages.hybrid!['ndcg@10']);
    expect(depths[0]?.ms).toEqual(stages.hybrid?.ms);
    expect(depths.at(-1)?.['ndcg@10']).toBeCloseTo(stages.reranked!['ndcg@10']);
    expect(depths.at(-1)?.ms).toEqual(stages.reranked?.ms);
  });

  it('has the cross-encoder read as many candidates as asked for', async () => {
    const { depths, candidates } = await evaluated({ candidates: 5 });
    expect(candidates).toBe(5);
    expect(depths.map(({ read }) => read)).toEqual([0, 4, 5]);
  });

  it('counts sections as their page when grouped by page', async () => {
    const evaluation = await evaluated({ group: 'page' });
    expect(evaluation).toMatchObject({ group: 'page', documents: 5, passages: 8 });
    expect(evaluation.perQuery[1]).toMatchObject({
      relevant: ['unpublish.html'],
      stages: { hybrid: { first: 1 } },
    });
  });

  it('leaves out queries without a label before it counts to the limit', async () => {
    const queries = [{ id: 'none', text: 'package' }, ...QUERIES];
    const evaluation = await evaluated({ queries, limit: 2 });
    expect(evaluation.queries).toBe(2);
    expect(evaluation.perQuery.map(({ id }) => id)).toEqual(['q1', 'q2']);
  });

  it('runs the stages asked for, and no model that none of them needs', async () => {
    const reranker = vi.fn(() => 1);
    const { stages, comparisons, depths, perQuery } = await evaluated(
      { stages: ['hybrid', 'keyword'] },
      { reranker: async () => fakeReranker(reranker) },
    );
    expect(Object.keys(stages)).toEqual(['keyword', 'hybrid']);
    expect(comparisons.map(({ to }) => to)).toEqual(['hybrid']);
    expect(depths).toEqual([]);
    expect(Object.keys(perQuery[0]!.stages)).toEqual(['keyword', 'hybrid']);
    expect(reranker).not.toHaveBeenCalled();
  });

  it('counts the labels that name no document, and holds them against the ranking', async () => {
    const given = labels({ q1: ['unpublish.html#description', 'gone.html'], q3: ['cache.html#description'] });
    const evaluation = await evaluated({ labels: given });
    expect(evaluation.unknownLabels).toBe(1);
    expect(evaluation.stages.keyword?.['recall@100']).toBe(0.75);
  });

  it('hands over progress and rankings as it goes', async () => {
    const onProgress = vi.fn();
    const onRankings = vi.fn();
    await evaluated({ onProgress, onRankings });
    expect(onProgress.mock.calls).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(onRankings.mock.calls.map(([query]) => query as unknown)).toEqual(QUERIES);
  });
});

describe('evaluate where queries are among the documents', () => {
  it('does not count a query as its own answer, in no stage and at no depth', async () => {
    const first = 'unpublish.html#description';
    const queries = [{ id: first, text: 'remove a package' }];
    const onRankings = vi.fn<NonNullable<EvaluateOptions['onRankings']>>();
    await evaluated({ queries, labels: labels({ [first]: ['unpublish.html#warning'] }), onRankings });
    const { stages, depths } = onRankings.mock.calls[0]![1];
    for (const { documents } of [...Object.values(stages), ...depths]) expect(documents).not.toContain(first);
    await evaluated({ queries, labels: labels({ [first]: [first] }), onRankings });
    expect(onRankings.mock.calls[1]![1].stages.keyword?.documents[0]).toBe(first);
  });
});

describe('evaluate when labels do not fit', () => {
  it('says so where no query has one', async () => {
    await expect(evaluated({ labels: labels({ other: ['cache.html'] }) })).rejects.toThrow(
      /No query has a label with a score above 0: do the ids match\?/,
    );
  });

  it('shows what labels and collection have where none names a document', async () => {
    const given = labels({ q1: ['commands/unpublish.html'] });
    await expect(evaluated({ labels: given })).rejects.toThrow(
      /None of the labels names a document .* such as "commands\/unpublish\.html", .* such as "publish\.html#description"\.$/,
    );
  });

  it('hints at --group page where labels name pages, and takes them with it', async () => {
    const given = labels({ q1: ['unpublish.html'] });
    await expect(evaluated({ labels: given })).rejects.toThrow(
      /; with --group page, labels may name pages\.$/,
    );
    expect((await evaluated({ labels: given, group: 'page' })).stages.keyword?.['mrr@10']).toBe(1);
  });
});

describe('evaluate with a stage missing', () => {
  it('names it, and why, and measures the others', async () => {
    const { stages, missing, comparisons, depths } = await evaluated({}, { embedder: broken('No network.') });
    expect(Object.keys(stages)).toEqual(['keyword', 'reranked']);
    expect(missing).toEqual([
      { stage: 'vector', reason: 'No network.' },
      { stage: 'hybrid', reason: 'No network.' },
    ]);
    expect(comparisons).toMatchObject([{ from: 'keyword', to: 'reranked' }]);
    expect(depths[0]?.['ndcg@10']).toBeCloseTo(stages.keyword!['ndcg@10']);
  });

  it('refuses when it was asked for', async () => {
    const asked = evaluated({ stages: ['keyword', 'reranked'] }, { reranker: broken('Too little memory.') });
    await expect(asked).rejects.toThrow(/The stage reranked cannot run: Too little memory\./);
  });

  it('measures what else was asked for without a word of it', async () => {
    const evaluation = await evaluated({ stages: ['keyword'] }, { embedder: broken('No network.') });
    expect(evaluation.missing).toEqual([]);
    expect(Object.keys(evaluation.stages)).toEqual(['keyword']);
  });

  it.each<[string, IndexOptions, Asked]>([
    ['the cross-encoder', { reranker: breaksAfter(2).reranker }, {}],
    ['the embedder', { embedder: breaksAfter(2).embedder }, {}],
    [
      'the embedder that candidates come from',
      { embedder: breaksAfter(2).embedder },
      { stages: ['reranked'] },
    ],
  ])('gives no figures when %s breaks off in the middle', async (_, options, asked) => {
    await expect(evaluated(asked, options)).rejects.toThrow(/The stage \w+ broke off: Out of memory\./);
  });
});

/** Models that answer a number of queries, and then no more. */
function breaksAfter(most: number): Required<Pick<IndexOptions, 'embedder' | 'reranker'>> {
  let answered = 0;
  const once = async <T>(answer: () => Promise<T>): Promise<T> => {
    if (++answered > most) throw new Error('Out of memory.');
    return answer();
  };
  const reranker = fakeReranker(() => 0.5);
  return {
    embedder: async () => ({
      ...fakeEmbedder(),
      embedQuery: (query) => once(() => fakeEmbedder().embedQuery(query)),
    }),
    reranker: async () => ({
      ...reranker,
      probabilities: (...read) => once(() => reranker.probabilities(...read)),
    }),
  };
}
