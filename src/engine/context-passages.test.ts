import { describe, expect, it } from 'vitest';
import { RERANKER } from '../testing/manifest.js';
import { fakeReranker, smallIndex, type TestPage } from '../testing/small-index.js';
import { type Context, contextPassages, type ContextRequest } from './context-passages.js';
import { find } from './search.js';

const words = (text: string): number => text.split(/\s+/).length;
/** A paragraph of so many words; its passages have at most 64 words with their headings. */
const paragraph = (word: string, count: number): string => `${Array<string>(count).fill(word).join(' ')}.`;

const SITE: TestPage[] = [
  {
    url: 'registry.html',
    html: `<main><h1>Registry</h1><h2 id="use">Using it</h2>
      <p>${paragraph('registry', 40)}</p><p>${paragraph('second', 40)}</p><p>${paragraph('registry', 30)}</p>
      <h2 id="more">More</h2><p>The registry has mirrors.</p></main>`,
  },
  {
    url: 'copy.html',
    html: '<main><h1>Copy</h1><h2 id="same">Same</h2><p>The registry has  mirrors.</p></main>',
  },
  {
    url: 'cut.html',
    html: '<main><h1>Cut</h1><p>Publish it. Then wait for the registry to answer you.</p></main>',
  },
];

async function ask(
  request: Partial<ContextRequest>,
  {
    probability = () => 0.5,
    ...options
  }: { probability?: (text: string) => number } & Parameters<typeof smallIndex>[0] = {},
): Promise<Context> {
  const reranker = async (): Promise<ReturnType<typeof fakeReranker>> => fakeReranker(probability);
  const manifest = { reranker: { ...RERANKER, weight: 1 } };
  const { index } = await smallIndex({ pages: SITE, reranker, manifest, ...options });
  const { text = 'the registry answers', filters, maxTokens } = request;
  const found = await find(index, { text, filters }, (url) => `https://site/${url}`);
  return contextPassages(index, found, maxTokens);
}

describe('passages for a language model', () => {
  it('come in the order of the second look, with where they stand', async () => {
    const { passages, missing } = await ask({}, { probability: (text) => Number(text.includes('mirrors')) });
    expect(missing).toEqual([]);
    expect(passages[0]).toMatchObject({
      url: 'https://site/registry.html#more',
      title: 'Registry',
      trail: ['More'],
      text: 'The registry has mirrors.',
      tokens: 4,
    });
    const scores = passages.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
  });

  it('are joined in reading order where they are neighbours in a section', async () => {
    const { passages } = await ask({});
    const [joined, ...others] = passages.filter(({ url }) => url.endsWith('#use'));
    expect(others).toEqual([]);
    expect(joined!.text).toBe(
      [paragraph('registry', 40), paragraph('second', 40), paragraph('registry', 30)].join('\n'),
    );
  });

  it('have no text twice', async () => {
    const texts = (await ask({})).passages.map(({ text }) => text);
    expect(texts.filter((text) => text.includes('mirrors'))).toHaveLength(1);
  });

  it('keep to the budget, and what does not fit is cut behind a sentence', async () => {
    for (const maxTokens of [16, 20, 45, 60, 90, 200]) {
      const { passages, tokens } = await ask({ maxTokens });
      expect(tokens).toBeLessThanOrEqual(maxTokens);
      expect(tokens).toBe(passages.reduce((sum, passage) => sum + words(passage.text), 0));
    }
    const first = { probability: (text: string) => Number(text.includes('Publish')) };
    const cut = await ask({ maxTokens: 5 }, first);
    expect(cut.passages.map(({ text }) => text)).toEqual(['Publish it.']);
  });

  it('are cut at a word where not even a sentence fits', async () => {
    const { passages } = await ask(
      { maxTokens: 1 },
      { probability: (text) => Number(text.includes('Publish')) },
    );
    expect(passages.map(({ text }) => text)).toEqual(['Publish']);
  });

  it('are of the pages that pass the filters', async () => {
    const { passages } = await ask({ filters: { section: 'cli' } });
    expect(passages).toEqual([]);
  });

  it('are counted by estimate where no model is there, which is named', async () => {
    const { counted, missing, tokens, passages } = await ask(
      {},
      { models: { unavailable: 'Switched off.' } },
    );
    expect(counted).toBe('by estimate');
    expect(tokens).toBeGreaterThan(0);
    expect(passages.length).toBeGreaterThan(0);
    expect(missing.map(({ part }) => part)).toEqual(['vector', 'rerank']);
    expect((await ask({})).counted).toBe('by tokenizer');
  });

  it('name the files that cannot be read', async () => {
    const { passages, missing } = await ask(
      {},
      {
        damage: (source) =>
          [...source.files.keys()]
            .filter((path) => path.startsWith('passages'))
            .forEach((path) => source.files.delete(path)),
      },
    );
    expect(passages).toEqual([]);
    expect(missing.map(({ part }) => part)).toContain('passages');
  });

  it('end with the reason of the signal', async () => {
    const { index } = await smallIndex();
    const found = await find(index, { text: 'registry' }, (url) => url);
    const enough = AbortSignal.abort(new Error('enough'));
    await expect(contextPassages(index, found, 100, enough)).rejects.toThrow('enough');
    await expect(find(index, { text: 'registry' }, (url) => url, enough)).rejects.toThrow('enough');
  });
});
