import { describe, expect, it } from 'vitest';
import { remoteIndex } from '../testing/remote-index.js';
import { fakeReranker } from '../testing/small-index.js';
import { evaluate } from './evaluate.js';
import type { Evaluation } from './evaluation.js';

const SETTINGS: Record<string, unknown> = {
  url: 'https://engine.test',
  body: { q: '{query}' },
  response: { hits: 'hits', url: 'url', title: 'title', text: 'text' },
};
const QUERIES = [
  { id: 'q1', text: 'undo' },
  { id: 'q2', text: 'cache' },
];

/** Evaluates on an engine that finds pages one, two and three, in this order, for every query. */
async function evaluated(
  answers: Record<string, string>,
  { status = (): number => 200, settings = SETTINGS } = {},
): Promise<Evaluation> {
  const hits = ['one', 'two', 'three'].map((title) => ({
    url: `/${title}.html#x`,
    title,
    text: `All of ${title}.`,
  }));
  const index = await remoteIndex(settings, {
    fetch: async () => new Response(JSON.stringify({ hits }), { status: status() }),
    reranker: async () => fakeReranker((passage) => (passage.startsWith('three') ? 1 : 0)),
  });
  if (!('vector' in settings) && !JSON.stringify(settings).includes('{vector}'))
    delete index.manifest.embedder;
  const labels = new Map(Object.entries(answers).map(([query, page]) => [query, new Map([[page, 1]])]));
  return evaluate(index, QUERIES, labels, { collection: 'remote' });
}
const url = (page: string): string => `https://docs.test/${page}.html#x`;

describe('evaluate, on a remote engine', () => {
  it("measures its list and the second look, by the pages' addresses", async () => {
    const evaluation = await evaluated({ q1: url('two'), q2: url('three') });
    expect(evaluation.stages.keyword?.['mrr@10']).toBeCloseTo((1 / 2 + 1 / 3) / 2);
    // Half the score is the first look's, by rank: one 1/2, three 1/6 + 1/2, two 1/3.
    expect(evaluation.stages.reranked?.['mrr@10']).toBeCloseTo((1 / 3 + 1) / 2);
    expect(Object.keys(evaluation.stages)).toEqual(['keyword', 'reranked']);
    expect(evaluation.missing.map(({ stage, reason }) => [stage, reason])).toEqual([
      ['vector', 'The search engine gives one list, by words.'],
      ['hybrid', 'The search engine gives one list, by words.'],
    ]);
    expect(evaluation).toMatchObject({ queries: 2, documents: 3, unknownLabels: 0 });
  });

  it('calls a list with vectors in it hybrid', async () => {
    const settings = { ...SETTINGS, body: { v: '{vector}' } };
    const { stages } = await evaluated({ q1: url('one') }, { settings });
    expect(Object.keys(stages)).toEqual(['hybrid', 'reranked']);
    expect(stages.hybrid?.['mrr@10']).toBe(1);
  });

  it('ends where a query has no answer, and names it', async () => {
    let asked = 0;
    await expect(
      evaluated({ q1: url('one'), q2: url('one') }, { status: () => (++asked === 3 ? 503 : 200) }),
    ).rejects.toThrow(/The query "cache" has no answer\. .*HTTP 503/);
  });

  it('says so where none of the labels was ever found', async () => {
    await expect(evaluated({ q1: 'one.html' })).rejects.toThrow(
      /None of the labels .* such as "one\.html".*such as "https:\/\/docs\.test\/one\.html#x"/,
    );
  });
});
