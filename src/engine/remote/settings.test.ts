import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../testing/damage.js';
import { SearchError } from '../errors.js';
import { mappingOf } from './mapping.js';
import { readSettings } from './settings.js';

const read = (json: unknown): ReturnType<typeof mappingOf> =>
  mappingOf(readSettings(json, 'mine.json'), 'mine.json');
const OPENSEARCH = { engine: 'opensearch', url: 'https://search.test', collection: 'docs' };
const OWN = {
  url: 'https://search.test/q',
  body: { q: '{query}' },
  response: { hits: 'hits', url: 'url', text: 'text' },
};

describe('the settings of a remote engine', () => {
  it.each<[string, unknown, RegExp]>([
    ['no object', null, /the whole: expected an object, found null/],
    ['no URL', { engine: 'opensearch' }, /url: it is missing/],
    ['another scheme', { ...OPENSEARCH, url: 'ftp://x' }, /url: expected a URL such as .* found "ftp:/],
    [
      'a password in the URL',
      { ...OPENSEARCH, url: 'https://me:secret@search.test' },
      /url: expected a URL .*without a user name/,
    ],
    ['a placeholder in the URL', { ...OPENSEARCH, url: 'https://{query}.test' }, /url: expected a URL/],
    [
      'an engine that it does not know',
      { ...OPENSEARCH, engine: 'solr' },
      /engine: expected opensearch or .*, found "solr"/,
    ],
    ['a key that there is not', { ...OPENSEARCH, colour: 'red' }, /colour: there is no such key/],
    [
      'a key that there is not, further down',
      { ...OWN, response: { ...OWN.response, href: 'x' } },
      /response\.href: there is no such key/,
    ],
    [
      'too many hits',
      { ...OPENSEARCH, limit: 1000 },
      /limit: expected a whole number from 1 to 250, found 1000/,
    ],
    [
      'a header of two lines',
      { ...OPENSEARCH, headers: { 'X-Key': 'a\r\nb' } },
      /headers\.X-Key: expected one line/,
    ],
    [
      'a header that is none',
      { ...OPENSEARCH, headers: { 'X Key': 'a' } },
      /headers\.X Key: this cannot be a name/,
    ],
    [
      'an origin with a path',
      { ...OPENSEARCH, origins: ['https://a.test/b'] },
      /origins\.0: expected an origin/,
    ],
    [
      'a path of many steps',
      { ...OWN, response: { ...OWN.response, text: 'a.'.repeat(12) } },
      /response\.text: expected a path of at most 10 steps/,
    ],
    [
      'half a trail',
      { ...OWN, response: { ...OWN.response, trail: { split: 'x' } } },
      /response\.trail: expected a path, /,
    ],
    [
      'a list of nothing',
      { ...OWN, response: { ...OWN.response, text: ['a', 3] } },
      /response\.text\.1: expected a path/,
    ],
    ['no list of hits', { ...OWN, response: { url: 'url', text: 'text' } }, /response\.hits is missing/],
    ['no URL in hits', { ...OWN, response: { hits: 'hits', text: 'text' } }, /response\.url is missing/],
    ['no text in hits', { ...OWN, response: { hits: 'hits', url: 'url' } }, /response\.text is missing/],
    ['no query in the request', { ...OWN, body: { q: 'query' } }, /body is missing: .*"\{query\}"/],
    [
      'a placeholder that is none',
      { ...OWN, body: { q: '{query}', n: '{size}' } },
      /body: there is no placeholder \{size\}/,
    ],
    ['a body that is not sent', { ...OWN, method: 'GET' }, /method is GET, which sends no body/],
    [
      'no collection for Typesense',
      { engine: 'typesense', url: 'https://search.test' },
      /collection is missing/,
    ],
  ])('with %s are refused, and the message names the key', (_, json, message) => {
    const error = thrownBy(() => read(json));
    expect(error).toBeInstanceOf(SearchError);
    expect(error).toMatchObject({ code: 'bad-option', message: expect.stringMatching(message) as string });
    expect((error as SearchError).message).toMatch(/^mine\.json: /);
  });

  it('know where an engine takes requests, or take the URL as it is', () => {
    expect(read({ ...OPENSEARCH, url: 'https://search.test/os/' }).keyword?.url).toBe(
      'https://search.test/os/docs/_search',
    );
    const { collection, ...whole } = { ...OPENSEARCH, url: 'https://search.test/api/find/' };
    expect(collection).toBe('docs');
    expect(read(whole).keyword?.url).toBe('https://search.test/api/find/');
  });

  it('replace parts of a preset and leave the others', () => {
    const { keyword, response } = read({
      ...OPENSEARCH,
      body: { query: { match: { body: '{query}' } } },
      response: { text: ['highlight.body', '_source.body'] },
    });
    expect(keyword?.body).toEqual({ query: { match: { body: '{query}' } } });
    expect(response).toMatchObject({
      hits: 'hits.hits',
      url: '_source.url',
      text: ['highlight.body', '_source.body'],
    });
  });

  it('ask with a vector where the settings name vectors, and by words where the engine can', () => {
    expect(Object.keys(read(OPENSEARCH))).not.toContain('hybrid');
    expect(read({ ...OPENSEARCH, vector: 'embedding' })).toMatchObject({ keyword: {}, hybrid: {} });
    expect(read({ ...OPENSEARCH, engine: 'qdrant' }).keyword).toBeUndefined();
    expect(read({ ...OWN, body: { v: '{vector}' } })).not.toHaveProperty('keyword');
    expect(read({ ...OWN, body: { v: '{vector}' }, keywordBody: { q: '{query}' } })).toMatchObject({
      keyword: { body: { q: '{query}' } },
      hybrid: { body: { v: '{vector}' } },
    });
  });
});
