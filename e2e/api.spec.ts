import { expect, test } from '@playwright/test';
import type * as SecondLook from '../src/index.js';

const SCRIPT = '/second-look/search.js';

test.beforeEach(({ page }) => page.goto('/'));

test('a query gets better in stages: keyword, hybrid, reranking, done', async ({ page }) => {
  const updates = await page.evaluate(async (script) => {
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const search = await createSearch();
    const updates: SecondLook.SearchUpdate[] = [];
    for await (const update of search.query('use a private registry for one scope')) updates.push(update);
    return updates;
  }, SCRIPT);

  const stages = updates.map(({ stage }) => stage);
  expect(stages.filter((stage, at) => stage !== stages[at - 1])).toEqual([
    'keyword',
    'hybrid',
    'reranking',
    'done',
  ]);
  expect(updates.flatMap(({ missing }) => missing)).toEqual([]);
  const read = updates.flatMap(({ progress }) => progress?.read ?? []);
  expect(read).toEqual([...read].sort((left, right) => left - right));
  expect(read[0]).toBeGreaterThan(0);
  expect(read.at(-1)).toBeLessThanOrEqual(30);

  const [first] = updates.at(-1)!.results;
  const { why } = first!.sections[0]!;
  expect(why.vector).toBeDefined();
  expect(why.rerank).toBeGreaterThanOrEqual(0);
  for (const { results } of updates)
    for (const { sections } of results)
      for (const { url, excerpt } of sections) {
        expect(new URL(url).pathname).toMatch(/^\/(docs\/|$)/);
        for (const [start, end] of excerpt.ranges) expect(excerpt.text.slice(start, end)).toMatch(/\S/);
      }
});

test('AbortSignal ends a query with its reason; a newer query ends an older one quietly', async ({
  page,
}) => {
  const outcome = await page.evaluate(async (script) => {
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const search = await createSearch();
    const warm = search.query('warm up')[Symbol.asyncIterator]();
    while (!(await warm.next()).done);

    const controller = new AbortController();
    let aborted = 'not at all';
    const stages: string[] = [];
    try {
      for await (const { stage } of search.query('workspaces', { signal: controller.signal })) {
        stages.push(stage);
        if (stage === 'reranking') controller.abort(new Error('enough'));
      }
    } catch (error) {
      aborted = (error as Error).message;
    }

    const older: string[] = [];
    const olderLoop = (async () => {
      for await (const { query, stage } of search.query('publish a package')) {
        older.push(stage);
        if (query !== 'publish a package') throw new Error(`got an answer to ${query}`);
      }
      return 'ended';
    })();
    const newer: string[] = [];
    for await (const { query } of search.query('uninstall')) newer.push(query);

    let late = 'no error';
    try {
      search.query('x', { signal: AbortSignal.abort(new Error('too late')) });
    } catch (error) {
      late = (error as Error).message;
    }
    return { aborted, stages, older, olderLoop: await olderLoop, newer: [...new Set(newer)], late };
  }, SCRIPT);

  expect(outcome.aborted).toBe('enough');
  expect(outcome.stages).not.toContain('done');
  expect(outcome.stages.filter((stage) => stage === 'reranking')).toHaveLength(1);
  expect(outcome.olderLoop).toBe('ended');
  expect(outcome.older).not.toContain('done');
  expect(outcome.newer).toEqual(['uninstall']);
  expect(outcome.late).toBe('too late');
});

test('context: passages for a language model, within a budget, each with its source', async ({ page }) => {
  const { whole, first, small, words, refused, loaded } = await page.evaluate(async (script) => {
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const question = 'how do I undo a publish?';
    const search = await createSearch();
    // As many as it says, however long that takes, so that both have the same order.
    const rerank = { candidates: 12 };
    const whole = await search.context(question, { rerank });
    let first: string | undefined;
    for await (const { results } of search.query(question, { rerank })) first = results[0]?.sections[0]?.url;
    const small = await search.context(question, { maxTokens: 16 });
    const refused: string[] = [];
    const refusal = (asked: Promise<unknown>): Promise<void> =>
      asked.then(
        () => undefined,
        (error: unknown) => void refused.push((error as Error).message),
      );
    await refusal(search.context('  '));
    await refusal(search.context(question, { maxTokens: 5 }));
    await refusal(search.context(question, { signal: AbortSignal.abort(new Error('enough')) }));
    const late = search.context('workspaces');
    search.dispose();
    await refusal(late);
    const byWords = await createSearch({ models: 'off' });
    const words = await byWords.context(question);
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    return { whole, first, small, words, refused, loaded };
  }, SCRIPT);

  expect(whole.missing).toEqual([]);
  expect(whole.counted).toBe('by tokenizer');
  expect(whole.tokens).toBeLessThanOrEqual(1500);
  expect(whole.tokens).toBeGreaterThan(1200);
  expect(whole.tokens).toBe(whole.passages.reduce((sum, { tokens }) => sum + tokens, 0));
  expect(whole.passages[0]!.url).toBe(first);
  expect(whole.passages.map(({ title }) => title)).toContain('npm-unpublish');
  const texts = whole.passages.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);

  expect(small.tokens).toBeLessThanOrEqual(16);
  expect(small.passages[0]!.url).toBe(first);

  expect(words.counted).toBe('by estimate');
  expect(words.passages.length).toBeGreaterThan(0);
  expect(words.missing.map(({ part }) => part)).toEqual(['vector', 'rerank']);
  expect(refused).toEqual([
    'The question is "  "; expected a text.',
    'maxTokens is 5; expected a whole number from 16 to 100000.',
    'enough',
    'This search is disposed of; create another.',
  ]);
  expect(loaded.filter((url) => url.includes('/ask-context'))).toHaveLength(1);
});

test('options out of range are refused by name', async ({ page }) => {
  const messages = await page.evaluate(async (script) => {
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const search = await createSearch({ models: 'off' });
    const messages: string[] = [];
    for (const options of [{ limit: 0 }, { rerank: { candidates: 1000 } }, { excerptLength: 1.5 }])
      try {
        search.query('x', options);
      } catch (error) {
        messages.push((error as Error).message);
      }
    search.dispose();
    return messages;
  }, SCRIPT);
  expect(messages).toEqual([
    'limit is 0; expected a whole number from 1 to 100.',
    'rerank.candidates is 1000; expected a whole number from 0 to 100.',
    'excerptLength is 1.5; expected a whole number from 40 to 1000.',
  ]);
});

test('two searches of one page share a worker, which ends with the last of them', async ({ page }) => {
  const first = page.waitForEvent('worker');
  await page.evaluate(async (script) => {
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const searches = await Promise.all([createSearch({ models: 'off' }), createSearch({ models: 'off' })]);
    Object.assign(globalThis, { searches });
  }, SCRIPT);
  const worker = await first;
  expect(page.workers()).toHaveLength(1);

  const closed = worker.waitForEvent('close');
  const answered = await page.evaluate(async () => {
    const [one, two] = (globalThis as unknown as { searches: SecondLook.Search[] }).searches;
    one!.dispose();
    let results = 0;
    for await (const update of two!.query('install')) results = update.results.length;
    two!.dispose();
    return results;
  });
  expect(answered).toBeGreaterThan(0);
  await closed;
});
