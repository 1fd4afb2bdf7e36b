import { describe, expect, it } from 'vitest';
import { passagesOf } from './passages-of.js';

type Page = Parameters<typeof passagesOf>[0][number];

const count = (text: string): number => text.match(/\S+/g)?.length ?? 0;
const page = (url: string, ...sections: Page['sections']): Page => ({ url, title: 'A title', sections });
const words = (number: number): string => Array.from({ length: number }, (_, at) => `word${at}`).join(' ');

describe('passagesOf', () => {
  it('numbers passages in the order of the site, and says whose they are', () => {
    const passages = passagesOf(
      [
        page(
          'a',
          { anchor: '', trail: [], blocks: [{ text: 'one' }] },
          { anchor: 'x', trail: ['X'], blocks: [{ text: 'two' }] },
        ),
        page('b', { anchor: '', trail: [], blocks: [{ text: 'three' }] }),
      ],
      { maxTokens: 50, count, language: 'en' },
    );
    expect(passages).toMatchObject([
      { id: 0, page: { url: 'a', title: 'A title' }, section: { anchor: '', trail: [] }, text: 'one' },
      { id: 1, page: { url: 'a' }, section: { anchor: 'x', trail: ['X'] }, text: 'two' },
      { id: 2, page: { url: 'b' }, text: 'three' },
    ]);
  });

  it('gives the passages of a section the same section, so that they are shown as one', () => {
    const [first, second] = passagesOf(
      [page('a', { anchor: 'x', trail: ['X'], blocks: [{ text: words(80) }] })],
      {
        ...{ maxTokens: 50, count, language: 'en' },
      },
    );
    expect(first!.section).toBe(second!.section);
  });

  it('leaves room for the title and the headings, which the models read too', () => {
    const section = { anchor: 'x', trail: [words(5), words(5)], blocks: [{ text: words(200) }] };
    const passages = passagesOf([page('a', section)], { maxTokens: 50, count, language: 'en' });
    for (const { text } of passages) expect(count(text)).toBeLessThanOrEqual(50 - 12);
  });

  it('leaves room for text, however long the headings are', () => {
    const section = { anchor: 'x', trail: [words(1000)], blocks: [{ text: words(100) }] };
    const passages = passagesOf([page('a', section)], { maxTokens: 50, count, language: 'en' });
    expect(count(passages[0]!.text)).toBeGreaterThan(20);
  });
});
