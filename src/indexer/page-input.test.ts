import { describe, expect, it } from 'vitest';
import { type IndexSiteOptions, planOf } from './index-options.js';

const plan = (site: string | undefined, options: IndexSiteOptions = {}): ReturnType<typeof planOf> =>
  planOf(site, options);

describe('what is to be indexed', () => {
  it('is a folder, with the index inside it', () => {
    expect(plan('/site')).toMatchObject({ out: '/site/second-look', siteUrl: '../' });
  });

  it('is a file of lines or a sitemap, whose index goes where it is told, below the root of the host', () => {
    for (const [site, options] of [
      ['/data/pages.jsonl', {}],
      ['/data/pages.NDJSON.gz', {}],
      [undefined, { sitemap: 'http://localhost:1/sitemap.xml' }],
    ] as const) {
      expect(() => plan(site, options)).toThrow(/Say where the index of .* goes.*--out/);
      expect(plan(site, { ...options, out: '/out' })).toMatchObject({ out: '/out', siteUrl: '/' });
      expect(plan(site, { ...options, out: '/out', siteUrl: '/docs' }).siteUrl).toBe('/docs/');
    }
  });

  it.each<[string | undefined, IndexSiteOptions, RegExp]>([
    [undefined, {}, /Say what to index/],
    ['/site', { sitemap: 'http://localhost/sitemap.xml' }, /One of them/],
    [undefined, { sitemap: 'sitemap.xml' }, /sitemap is "sitemap\.xml"; expected its address/],
    ['a.jsonl', { out: 'x', glob: ['**'] }, /--glob is for a folder; a\.jsonl is none/],
    ['a.jsonl', { out: 'x', exclude: ['b'] }, /--exclude is for a folder/],
    ['/site', { maxPages: 5 }, /--max-pages is for --sitemap/],
    [
      '/site',
      { markdownUrls: 'htm' as 'html' },
      /markdownUrls is "htm"; expected one of html, folder, plain, md/,
    ],
    ['/site', { rootSelector: 'main[' }, /rootSelector is "main\["; expected a CSS selector/],
    ['/site', { excludeSelectors: ['.a', '>>'] }, /excludeSelectors is ">>"; expected a CSS selector/],
  ])('refuses %s with %j', (site, options, message) => {
    expect(() => plan(site, options)).toThrow(message);
  });
});
