import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { SearchUpdate } from '../src/engine/update.js';
import { search } from '../src/engine/search.js';
import { readQueries } from '../src/evaluate/beir.js';
import { openForEvaluation } from '../src/evaluate/open-for-evaluation.js';
import type * as SecondLook from '../src/index.js';

const ROOT = join(import.meta.dirname, '..');
const QUERIES = 50;
const STAGES = ['keyword', 'hybrid', 'done'] as const;

/** What a visitor sees of an update: the order, and the scores behind it. */
type Seen = Pick<SearchUpdate, 'stage' | 'results'>;

test('the browser ranks as Node does, so that what eval measures is what visitors get', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const all = await readQueries(join(ROOT, 'bench/tldr-npm/queries.jsonl'));
  const queries = all.filter((_, at) => at % Math.floor(all.length / QUERIES) === 0).slice(0, QUERIES);
  expect(queries).toHaveLength(QUERIES);
  const index = await openForEvaluation(join(ROOT, 'dist/demo/second-look'), { models: true });
  const resolve = (url: string): string => new URL(url, baseURL).href;

  const compared = { keyword: 0, hybrid: 0, done: 0 };
  await page.goto('/');
  for (const { text } of queries) {
    const inBrowser = await page.evaluate(async (query): Promise<Seen[]> => {
      const script = '/second-look/search.js';
      const { createSearch } = (await import(script)) as typeof SecondLook;
      // The worker stays with the page: opened once, then shared.
      const shared = globalThis as { opened?: ReturnType<typeof createSearch> };
      const opened = await (shared.opened ??= createSearch());
      const seen: Seen[] = [];
      for await (const { stage, results } of opened.query(query, { rerank: { candidates: 8 } }))
        seen.push({ stage, results });
      return seen;
    }, text);
    const inNode: Seen[] = [];
    for await (const { stage, results } of search(index, { text, rerank: { candidates: 8 } }, resolve))
      inNode.push({ stage, results });

    for (const stage of STAGES) {
      const seen = last(inBrowser, stage);
      // A reader that is slow gets the latest update, not those that it has overtaken.
      if (seen || stage === 'done') {
        compared[stage]++;
        expect(order(seen), `${stage}: ${text}`).toEqual(order(last(inNode, stage)));
      }
    }
    const scores = scoresOf(last(inNode, 'done'));
    expect(scores.length).toBeGreaterThan(0);
    scoresOf(last(inBrowser, 'done')).forEach((score, at) => expect(score).toBeCloseTo(scores[at]!, 5));
  }
  expect(compared.done).toBe(QUERIES);
  expect(Math.min(compared.keyword, compared.hybrid)).toBeGreaterThan(QUERIES / 2);
});

function last(updates: readonly Seen[], stage: SearchUpdate['stage']): Seen | undefined {
  return updates.findLast((update) => update.stage === stage);
}

function order(update: Seen | undefined): string[] | undefined {
  return update?.results.flatMap(({ sections }) => sections.map(({ url }) => url));
}

function scoresOf(update: Seen | undefined): number[] {
  return update?.results.flatMap(({ sections }) => sections.map(({ score }) => score)) ?? [];
}
