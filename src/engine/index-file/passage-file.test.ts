import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, thrownBy, truncations } from '../../testing/damage.js';
import { type Passage, readPassageFile, writePassageFile } from './passage-file.js';

const text = fc.string({ unit: 'binary', maxLength: 30 });
const pairs = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 });
/** Pages of sections of passages, numbered from any id on. */
const site: fc.Arbitrary<Passage[]> = fc
  .record({
    first: fc.nat(1e6),
    pages: fc.array(
      fc.record({
        page: fc.record(
          { url: text, title: text, meta: pairs, links: pairs },
          { requiredKeys: ['url', 'title'] },
        ),
        sections: fc.array(
          fc.record({
            section: fc.record({ anchor: text, trail: fc.array(text, { maxLength: 3 }) }),
            texts: fc.array(text, { maxLength: 3 }),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ first, pages }) =>
    pages
      .flatMap(({ page, sections }) =>
        sections.flatMap(({ section, texts }) => texts.map((passage) => ({ page, section, text: passage }))),
      )
      .map((passage, at) => ({ id: first + at, ...passage })),
  );

const read = (content: unknown): Passage[] =>
  readPassageFile(new TextEncoder().encode(JSON.stringify(content)), 0, 'part.json');

describe('the passage file', () => {
  it('reads back what was written, ids and all', () => {
    fc.assert(
      fc.property(site, (passages) => {
        expect(readPassageFile(writePassageFile(passages), passages[0]?.id ?? 0, 'part.json')).toMatchObject(
          passages,
        );
      }),
    );
  });

  it('holds a page and a section once, however many passages they have', () => {
    const page = { url: 'a-page-with-a-long-url.html', title: 'Page' };
    const section = { anchor: 'a-section-with-a-long-name', trail: [] };
    const passages = [0, 1, 2].map((id) => ({ id, page, section, text: `text ${id}` }));
    const json = new TextDecoder().decode(writePassageFile(passages));
    expect(json.split(page.url)).toHaveLength(2);
    expect(json.split(section.anchor)).toHaveLength(2);
  });

  it('keeps sections apart that have the same headings on different pages', () => {
    const section = (): Passage['section'] => ({ anchor: 'see-also', trail: ['See also'] });
    const passages = ['a', 'b'].map((name, id) => ({
      ...{ id, text: name, section: section() },
      page: { url: `${name}.html`, title: 'Page' },
    }));
    const urls = readPassageFile(writePassageFile(passages), 0, 'part.json').map(({ page }) => page.url);
    expect(urls).toEqual(['a.html', 'b.html']);
  });

  it('is refused by name wherever it is cut off', () => {
    const page = { url: 'a.html', title: 'A' };
    const whole = writePassageFile([{ id: 0, page, section: { anchor: 'x', trail: ['X'] }, text: 'é' }]);
    for (const cut of truncations(whole))
      expectDamaged(
        thrownBy(() => readPassageFile(cut, 0, 'part.json')),
        'part.json',
      );
  });

  const page = { url: 'a.html', title: 'A' };
  const section = { page: 0, anchor: '', trail: [] };
  it.each([
    ['a passage of no section', { pages: [page], sections: [section], passages: [[1, 'text']] }],
    ['a section of no page', { pages: [], sections: [section], passages: [[0, 'text']] }],
    ['a negative number', { pages: [page], sections: [section], passages: [[-1, 'text']] }],
    ['half a number', { pages: [page], sections: [section], passages: [[0.5, 'text']] }],
    ['a text that is none', { pages: [page], sections: [section], passages: [[0, null]] }],
    ['no passages', { pages: [page], sections: [section] }],
    [
      'metadata that is none',
      { pages: [{ ...page, meta: [['key']] }], sections: [section], passages: [[0, 'text']] },
    ],
    ['something else', 'Not found'],
  ])('is refused by name with %s', (_, content) => {
    expectDamaged(
      thrownBy(() => read(content)),
      'part.json',
    );
  });
});
