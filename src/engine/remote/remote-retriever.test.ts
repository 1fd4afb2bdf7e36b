import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type EngineCall,
  type EngineReply,
  type EngineServer,
  startEngineServer,
} from '../../testing/engine-server.js';
import { remoteIndex } from '../../testing/remote-index.js';
import { fakeEmbedder, fakeReranker } from '../../testing/small-index.js';
import type { Embedder } from '../model/embedder.js';
import type { SearchIndex } from '../open-index.js';
import { readQuery } from '../query.js';
import { search } from '../search.js';
import type { SearchRequest, SearchUpdate } from '../update.js';

let server: EngineServer;
let reply: (call: EngineCall) => EngineReply;
beforeEach(async () => {
  server = await startEngineServer((call) => reply(call));
});
afterEach(() => server.close());

const RESPONSE = { hits: 'hits', url: 'url', title: 'title', text: 'text', score: 'score' };
const plain = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  url: `${server.url}/search`,
  body: { q: '{query}', n: '{limit}' },
  response: RESPONSE,
  ...more,
});
const hit = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ url: `/${name}.html`, title: name, text: `All about ${name}.` },
  ...more,
});
const answering = (...hits: unknown[]): void => {
  reply = () => ({ body: { hits } });
};

async function run(index: SearchIndex, text: string, signal?: AbortSignal): Promise<SearchUpdate[]> {
  const updates: SearchUpdate[] = [];
  for await (const update of search(index, { text }, (url) => url, signal)) updates.push(update);
  return updates;
}
const last = async (settings: Record<string, unknown>, text = 'undo'): Promise<SearchUpdate> =>
  (await run(await remoteIndex(settings), text)).at(-1)!;
const titles = ({ results }: SearchUpdate): string[] => results.map(({ title }) => title);
const reasons = ({ missing }: SearchUpdate): [string, string][] =>
  missing.map(({ part, reason }) => [part, reason]);

describe('a remote engine', () => {
  it('gives the candidates that the second look then puts in order', async () => {
    answering(hit('first', { score: 3 }), hit('second', { score: 2 }), hit('third', { score: 1 }));
    const index = await remoteIndex(plain(), {
      reranker: async () => fakeReranker((passage) => (passage.startsWith('third') ? 1 : 0)),
    });
    const updates = await run(index, 'anything');
    expect(titles(updates[0]!)).toEqual(['first', 'second', 'third']);
    expect(updates[0]!.results.map(({ score }) => score)).toEqual([1, 0.5, 0]);
    // Half of the score is the first look's: .5 of 1, .25 of .5, and .5 for the third's probability.
    expect(titles(updates.at(-1)!)).toEqual(['first', 'third', 'second']);
    expect(updates.at(-1)!.results[0]!.sections[0]!.why.keyword).toEqual({ rank: 1, score: 3 });
  });

  it('keeps a page whose title is the query on top, wherever the engine has it', async () => {
    answering(hit('npm install'), hit('npm-ci'), hit('npm publish'));
    const index = await remoteIndex(plain(), { reranker: async () => fakeReranker(() => 0) });
    expect(titles((await run(index, 'publish npm')).at(-1)!)[0]).toBe('npm publish');
  });

  it('is sent what is looked for, and hits that quotes and -words rule out are left out', async () => {
    answering(
      hit('a', { text: 'Undo a publish.' }),
      hit('b', { text: 'Undo it.' }),
      hit('c', { text: 'Undo a publish, by yarn.' }),
    );
    const update = await last(plain(), '"undo a publish" -yarn');
    expect(titles(update)).toEqual(['a']);
    expect(server.calls[0]!.body).toEqual({ q: 'undo a publish', n: 50 });
  });

  it('keeps hits that have only a part of an excluded word', async () => {
    answering(hit('a', { text: 'Undo it in Java.' }), hit('b', { text: 'Undo it in JavaScript.' }));
    expect(titles(await last(plain(), 'undo -JavaScript'))).toEqual(['a']);
  });

  it('is not asked for nothing', async () => {
    answering(hit('a'));
    expect(await last(plain(), '  ')).toMatchObject({ results: [], missing: [] });
    expect(server.calls).toEqual([]);
  });

  it('takes the query in its address, where nothing in it can end the parameter', async () => {
    answering(hit('a'));
    const update = await last(
      {
        url: `${server.url}/search?lang=en`,
        parameters: { q: '{query}', size: '{limit}', f: '{filters}' },
        response: RESPONSE,
      },
      'a&b=c #d?é',
    );
    expect(titles(update)).toEqual(['a']);
    expect(server.calls[0]).toMatchObject({ method: 'GET', body: '' });
    expect([...new URL(server.calls[0]!.path, server.url).searchParams]).toEqual([
      ['lang', 'en'],
      ['q', 'a&b=c #d?é'],
      ['size', '50'],
    ]);
  });

  it('may be a path on the host of the site', async () => {
    const asked: string[] = [];
    const index = await remoteIndex(
      { ...plain(), url: '/api/search' },
      {
        fetch: async (url) => {
          asked.push(url);
          return new Response('{"hits":[]}');
        },
      },
    );
    await run(index, 'undo');
    expect(asked).toEqual(['https://docs.test/api/search']);
  });

  it('links to its own site, to origins that the settings name, and to nothing else', async () => {
    answering(
      hit('own', { url: 'https://docs.test/own.html' }),
      hit('named', { url: 'https://api.docs.test/named.html#x' }),
      hit('foreign', { url: 'https://evil.test/' }),
      hit('script', { url: 'javascript:alert(1)' }),
      hit('user', { url: 'https://docs.test@evil.test/' }),
    );
    const index = await remoteIndex(plain({ origins: ['https://api.docs.test'] }));
    const update = (await run(index, 'undo')).at(-1)!;
    expect(update.results.map(({ sections }) => sections[0]!.url)).toEqual([
      'https://docs.test/own.html',
      'https://api.docs.test/named.html#x',
    ]);
    expect(reasons(update)).toEqual([
      ['passages', expect.stringMatching(/^3 of 5 hits.*hit 3: .*evil\.test.*"origins"/)],
    ]);
    expect(index.retriever.origins).toEqual(['https://api.docs.test']);
  });

  it('keeps text as text, and to lengths', async () => {
    answering(hit('<b>bold</b>', { text: `<img src=x onerror=alert(1)>\u0000${'long '.repeat(10_000)}` }));
    const { results } = await last(plain());
    expect(results[0]!.title).toBe('<b>bold</b>');
    expect(results[0]!.sections[0]!.excerpt.text.length).toBeLessThan(170);
    const index = await remoteIndex(plain());
    for await (const { candidates } of index.retriever.retrieve(await readQuery('x', index))) {
      const { passages } = await index.retriever.passages.get(candidates.map(({ passage }) => passage));
      expect([...passages.values()][0]!.text.length).toBeLessThanOrEqual(20_000);
    }
  });
});

describe('a remote engine with vectors', () => {
  const withVectors = (): Record<string, unknown> =>
    plain({ body: { q: '{query}', v: '{vector}' }, keywordBody: { q: '{query}' } });

  it('answers by words while the model is on its way, then with the vector', async () => {
    let arrive: (embedder: Embedder) => void = () => undefined;
    const embedder = new Promise<Embedder>((resolve) => (arrive = resolve));
    reply = ({ body }) => ({ body: { hits: [hit('v' in (body as object) ? 'by meaning' : 'by words')] } });
    const index = await remoteIndex(withVectors(), { embedder: () => embedder });
    const updates: SearchUpdate[] = [];
    for await (const update of search(index, { text: 'undo' }, (url) => url)) {
      updates.push(update);
      if (update.stage === 'keyword') arrive(fakeEmbedder());
    }
    expect(updates.map((update) => [update.stage, ...titles(update)]).slice(0, 2)).toEqual([
      ['keyword', 'by words'],
      ['hybrid', 'by meaning'],
    ]);
    await run(index, 'undo');
    expect(server.calls.map(({ body }) => 'v' in (body as object))).toEqual([false, true, true]);
  });

  it('answers by words alone where there are no models, and says so', async () => {
    answering(hit('a'));
    const index = await remoteIndex(withVectors(), { models: { unavailable: 'Models are switched off.' } });
    const update = (await run(index, 'undo')).at(-1)!;
    expect(titles(update)).toEqual(['a']);
    expect(server.calls).toHaveLength(1);
    expect(reasons(update)).toEqual([
      ['vector', 'Models are switched off.'],
      ['rerank', 'Models are switched off.'],
    ]);
  });

  it('cannot answer without its model where it knows no words', async () => {
    answering(hit('a'));
    const index = await remoteIndex(plain({ body: { v: '{vector}' } }), {
      embedder: () => Promise.reject(new Error('No network.')),
    });
    const update = (await run(index, 'undo')).at(-1)!;
    expect(update.results).toEqual([]);
    expect(reasons(update)).toEqual([['vector', 'No network.']]);
    expect(server.calls).toEqual([]);
  });

  it('keeps the rows by words where the request with the vector fails', async () => {
    let arrive: (embedder: Embedder) => void = () => undefined;
    const embedder = new Promise<Embedder>((resolve) => (arrive = resolve));
    reply = ({ body }) =>
      'v' in (body as object) ? { status: 500, body: {} } : { body: { hits: [hit('by words')] } };
    const index = await remoteIndex(withVectors(), { embedder: () => embedder });
    const updates: SearchUpdate[] = [];
    for await (const update of search(index, { text: 'undo' }, (url) => url)) {
      updates.push(update);
      arrive(fakeEmbedder());
    }
    expect(titles(updates.at(-1)!)).toEqual(['by words']);
    expect(reasons(updates.at(-1)!)).toEqual([['remote', expect.stringMatching(/HTTP 500/)]]);
  });
});

describe('a remote engine that fails', () => {
  it.each<[string, EngineReply, Record<string, unknown>, RegExp]>([
    [
      'refuses the key',
      { status: 401, body: {} },
      {},
      /^The search engine at http:\/\/127.* answers HTTP 401\. Check the key in "headers"/,
    ],
    [
      'says what is wrong',
      { status: 400, body: { message: 'No field\n"x".' } },
      { response: { ...RESPONSE, error: 'message' } },
      /HTTP 400 \("No field "x"\."\)/,
    ],
    ['is overrun', { status: 429, body: 'slow down' }, {}, /HTTP 429\. It has had too many requests/],
    ['is down', { status: 503, body: '<h1>Bad gateway' }, {}, /HTTP 503\. Try again later/],
    [
      'is slow',
      { body: { hits: [] }, after: 5000 },
      { timeout: 100 },
      /did not answer within 100 ms.*"timeout"/,
    ],
    ['sends a page', { body: '<!doctype html><title>' }, {}, /is not JSON: it begins with "<!doctype html>/],
    ['sends nothing', { body: '' }, {}, /is not JSON: it begins with ""/],
    [
      'sends another shape',
      { body: { took: 1, found: [] } },
      {},
      /no list of hits at "hits"; it is an object with \["took","found"\]/,
    ],
    ['sends a list', { body: [1] }, {}, /no list of hits at "hits"; it is a list/],
    ['sends null', { body: 'null' }, {}, /it is null/],
    [
      'sends hits without addresses',
      { body: { hits: [{ id: 1 }] } },
      {},
      /No hit .* can be shown; hit 1: nothing at "url" \("response\.url"\)/,
    ],
    [
      'sends hits without text',
      { body: { hits: [{ url: '/a' }] } },
      {},
      /hit 1: nothing at "title" \("response\.title"\) and "text"/,
    ],
    ['sends too much', { body: `{"hits":["${'x'.repeat(9_000_000)}"]}` }, {}, /has more than 8 MB.*"limit"/],
  ])('%s: says so, with what to do', async (_, failing, more, reason) => {
    reply = () => failing;
    const update = await last(plain(more));
    expect(update).toMatchObject({ stage: 'done', results: [] });
    expect(reasons(update)).toEqual([['remote', expect.stringMatching(reason)]]);
  });

  it('is out of reach: names CORS and the Content Security Policy', async () => {
    const settings = plain();
    await server.close();
    const [[part, reason] = []] = reasons(await last(settings));
    expect(part).toBe('remote');
    expect(reason).toMatch(/could not be reached.*CORS.*connect-src http:\/\/127\.0\.0\.1:\d+\)/);
  });

  it('is asked again by the next query, and forgiven', async () => {
    reply = () => ({ status: 500, body: {} });
    const index = await remoteIndex(plain());
    expect((await run(index, 'undo')).at(-1)!.missing).toHaveLength(1);
    answering(hit('a'));
    expect((await run(index, 'undo')).at(-1)).toMatchObject({ missing: [], results: [{ title: 'a' }] });
  });

  it('is not asked with filters that its request has no place for', async () => {
    answering(hit('a'));
    const index = await remoteIndex(plain());
    const updates: SearchUpdate[] = [];
    for await (const update of search(index, { text: 'undo', filters: { section: 'cli' } }, (url) => url))
      updates.push(update);
    expect(updates.at(-1)!.results).toEqual([]);
    expect(reasons(updates.at(-1)!)).toEqual([
      ['remote', expect.stringMatching(/no "\{filters\}" in its body/)],
    ]);
    expect(server.calls).toEqual([]);
  });
});

describe('what no request to an engine says', () => {
  const asked = async (request: SearchRequest): Promise<SearchUpdate[]> => {
    answering(hit('first', { score: 3 }), hit('second', { score: 2 }), hit('third', { score: 1 }));
    const updates: SearchUpdate[] = [];
    const index = await remoteIndex(plain({ body: { q: '{query}', f: '{filters}' } }), {
      reranker: async () => fakeReranker((passage) => (passage.startsWith('second') ? 1 : 0)),
    });
    for await (const update of search(index, request, (url) => url)) updates.push(update);
    return updates;
  };

  it('is named for a sort, and the list by relevance has its second look', async () => {
    const updates = await asked({ text: 'anything', sort: { by: 'date' } });
    for (const update of updates)
      expect(reasons(update)).toEqual([['sort', expect.stringMatching(/by relevance alone, not by "date"/)]]);
    expect(titles(updates.at(-1)!)).toEqual(['second', 'first', 'third']);
  });

  it('is named for facets', async () => {
    const updates = await asked({ text: 'anything', facets: true });
    expect(updates[0]!.results).toHaveLength(3);
    for (const update of updates)
      expect(reasons(update)).toEqual([['filters', expect.stringMatching(/are not counted/)]]);
  });

  it('is named for filters and a sort without a text', async () => {
    const [update] = await asked({ text: '', filters: { section: 'cli' }, sort: { by: 'date' } });
    expect(update!.results).toEqual([]);
    expect(reasons(update!).map(([part]) => part)).toEqual(['filters', 'sort']);
    expect(server.calls).toEqual([]);
  });
});

describe('a query that a newer one takes the place of', () => {
  it('gives its request up', async () => {
    reply = () => ({ body: { hits: [] }, after: 5000 });
    const index = await remoteIndex(plain());
    const controller = new AbortController();
    const newer = new Error('a newer query');
    const running = run(index, 'undo', controller.signal);
    await expect.poll(() => server.calls.length).toBe(1);
    controller.abort(newer);
    await expect(running).rejects.toBe(newer);
    await expect.poll(() => server.abandoned).toBe(1);
    answering(hit('a'));
    expect((await run(index, 'undo a')).at(-1)!.missing).toEqual([]);
  });

  it('is not sent at all while someone types', async () => {
    reply = () => ({ body: { hits: [] }, after: 200 });
    const index = await remoteIndex(plain({ pause: 150 }));
    const typed = ['u', 'un', 'und', 'undo'];
    let controller = new AbortController();
    for (const text of typed) {
      controller.abort(new Error('newer'));
      controller = new AbortController();
      const running = run(index, text, controller.signal);
      if (text === 'undo') await running;
      else {
        running.catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    expect(server.calls.map(({ body }) => (body as { q: string }).q)).toEqual(['u', 'undo']);
  });
});

describe('an answer that may be anything', () => {
  const urlish = fc.oneof(
    fc.webUrl(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'javascript:alert(1)',
      '//evil.test',
      'data:text/html,x',
      '/\\evil.test',
      '/a#\ud800',
      '/a#%zz',
    ),
  );
  const hits = fc.array(
    fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          url: fc.oneof(urlish, fc.jsonValue()),
          title: fc.jsonValue(),
          text: fc.jsonValue(),
          score: fc.oneof(fc.double(), fc.jsonValue()),
        },
        { requiredKeys: ['url'] },
      ),
    ),
    { maxLength: 12 },
  );
  const answers = fc.oneof(fc.jsonValue(), fc.record({ hits: fc.oneof(hits, fc.jsonValue()) }));

  it('never throws past the retriever, and never leads off the site', async () => {
    let body = '';
    let shown = 0;
    const index = await remoteIndex(
      {
        url: 'https://engine.test',
        body: '{query}',
        response: { ...RESPONSE, trail: 'title', anchor: 'text' },
      },
      { fetch: async () => new Response(body) },
    );
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        body = JSON.stringify(answer);
        for (const { results } of await run(index, 'undo'))
          for (const { url, score, sections } of results) {
            shown++;
            expect(new URL(url).origin).toBe('https://docs.test');
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
            for (const section of sections) expect(new URL(section.url).origin).toBe('https://docs.test');
          }
      }),
      { numRuns: 300 },
    );
    expect(shown).toBeGreaterThan(50);
  });
});
