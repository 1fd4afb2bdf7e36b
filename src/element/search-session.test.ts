import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSearch, type Search } from '../client/create-search.js';
import { type ModelStatus, SearchError, type SearchUpdate, type Stage } from '../protocol.js';
import { SearchedEvent } from './events.js';
import { MORE, SearchSession } from './search-session.js';

vi.mock('../client/create-search.js');

/** A query under way, answered by the test. */
interface Asked {
  text: string;
  options: Record<string, unknown>;
  answer: (stage: Stage, urls: string, more?: Partial<SearchUpdate>) => Promise<void>;
  fail: (error: Error) => Promise<void>;
}

let asked: Asked[];
let status: (status: Partial<ModelStatus>) => void;
let search: Search;
const dispose = vi.fn();

const result = (url: string): SearchUpdate['results'][number] => ({
  ...{ url, title: `Title ${url}`, meta: {}, score: 0.5 },
  sections: [{ url, trail: [], excerpt: { text: '', ranges: [] }, score: 0.5, why: { exact: false } }],
});

/** Lets everything that is already settled happen. */
const turn = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

beforeEach(() => {
  vi.useFakeTimers();
  dispose.mockReset();
  asked = [];
  search = {
    info: {
      ...{ pages: 3, sections: 3, passages: 3, language: 'en', languages: ['en'] },
      ...{ filters: ['section'], modelBytes: 5e6, modelFiles: { a: 3e6, b: 1e6, runtime: 1e6 } },
    },
    preload: vi.fn(),
    dispose,
    filters: async () => ({ section: { cli: 4, api: 2 } }),
    context: vi.fn(),
    query(text, options = {}) {
      const queue: (SearchUpdate | Error)[] = [];
      let wake: () => void = () => undefined;
      const add = async (item: SearchUpdate | Error): Promise<void> => {
        queue.push(item);
        wake();
        await turn();
      };
      asked.push({
        ...{ text, options: options as Record<string, unknown> },
        answer: (stage, urls, more = {}) =>
          add({ query: text.trim(), stage, results: Array.from(urls, result), missing: [], ...more }),
        fail: add,
      });
      return (async function* () {
        for (;;) {
          const next = queue.shift();
          if (next instanceof Error) throw next;
          if (next) yield next;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      })();
    },
  };
  vi.mocked(createSearch).mockReset();
  vi.mocked(createSearch).mockImplementation(async ({ onStatus } = {}) => {
    status = (part) =>
      onStatus?.({
        ...{ model: 'reranker', name: '', state: 'ready', loadedBytes: 0, totalBytes: 0 },
        ...part,
      });
    return search;
  });
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(): { session: SearchSession; events: Event[] } {
  const session = new SearchSession();
  const events: Event[] = [];
  session.owner = new EventTarget();
  for (const type of ['searched', 'no-results', 'open-result', 'models-ready', 'error'])
    session.owner.addEventListener(`second-look-${type}`, (event) => events.push(event));
  session.listen(() => undefined);
  session.configure({ index: '/second-look/', models: 'on', language: undefined });
  return { session, events };
}

async function searched(text: string, urls: string): Promise<ReturnType<typeof opened>> {
  const one = opened();
  one.session.ask(text);
  await turn();
  await asked[0]!.answer('keyword', urls);
  return one;
}

const shown = ({ list }: SearchSession): string => list.shown.map(({ url }) => url).join('');

describe('asking', () => {
  it('opens the index once, and shows what is found', async () => {
    const { session } = await searched('tokens', 'abc');
    expect(shown(session)).toBe('abc');
    session.ask('tokens of');
    await turn();
    expect(createSearch).toHaveBeenCalledTimes(1);
    expect(asked.map(({ text }) => text)).toEqual(['tokens', 'tokens of']);
  });

  it('keeps the rows of the query before until there are others, and drops its late updates', async () => {
    const { session } = await searched('a', 'abc');
    session.ask('b');
    await turn();
    expect(shown(session)).toBe('abc');
    await asked[0]!.answer('done', 'xyz');
    expect(shown(session)).toBe('abc');
    await asked[1]!.answer('keyword', 'de');
    expect(shown(session)).toBe('de');
  });

  it('shows nothing for an empty field, whatever still comes', async () => {
    const { session } = await searched('a', 'abc');
    session.ask('  ');
    await asked[0]!.answer('done', 'abc');
    expect(shown(session)).toBe('');
    expect(session.isBusy).toBe(false);
  });

  it('says that it does not work, once, and tries again when asked again', async () => {
    const { session, events } = opened();
    vi.mocked(createSearch).mockRejectedValueOnce(new SearchError('no-index', 'There is none.'));
    session.ask('a');
    await turn();
    expect(session.error?.message).toBe('There is none.');
    expect(events).toEqual([expect.objectContaining({ type: 'second-look-error', code: 'no-index' })]);
    session.ask('a');
    await turn();
    await asked[0]!.answer('keyword', 'abc');
    expect(session.error).toBeUndefined();
    expect(shown(session)).toBe('abc');
  });

  it('asks again where the answer was lost: to an error, as the field gets the focus', async () => {
    const { session } = await searched('a', 'abc');
    await asked[0]!.fail(new SearchError('worker-failed', 'The worker has stopped.'));
    expect(session.error).toBeDefined();
    session.preload();
    await turn();
    expect(session.error).toBeUndefined();
    await asked[1]!.answer('done', 'de');
    expect(shown(session)).toBe('de');
    expect(session.isBusy).toBe(false);
  });

  it('frees the index when the last element is gone', async () => {
    const session = new SearchSession();
    const ends = [session.listen(() => undefined), session.listen(() => undefined)];
    session.ask('a');
    await turn();
    ends[0]!();
    expect(dispose).not.toHaveBeenCalled();
    ends[1]!();
    await turn();
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});

describe('a better order', () => {
  it('comes with the end of the second look, once', async () => {
    const { session } = await searched('a', 'abc');
    session.results = { view: () => ({ inView: 3 }), follow: vi.fn(), focusFirst: vi.fn() };
    await asked[0]!.answer('hybrid', 'bac');
    await asked[0]!.answer('reranking', 'cab', { progress: { read: 4, of: 8 } });
    expect(shown(session)).toBe('abc');
    await asked[0]!.answer('done', 'cba', { progress: { read: 8, of: 8 } });
    expect(shown(session)).toBe('cba');
  });

  it('comes with the vectors where the second look keeps one waiting, and waits when that has read', async () => {
    const { session } = await searched('a', 'abc');
    session.results = { view: () => ({ inView: 3 }), follow: vi.fn(), focusFirst: vi.fn() };
    await asked[0]!.answer('hybrid', 'bac');
    vi.advanceTimersByTime(1400);
    expect(shown(session)).toBe('abc');
    vi.advanceTimersByTime(200);
    expect(shown(session)).toBe('bac');
    await asked[0]!.answer('done', 'cba', { progress: { read: 8, of: 8 } });
    expect(shown(session)).toBe('bac');
    session.reveal();
    expect(shown(session)).toBe('cba');
  });

  it('is told politely, once typing has paused', async () => {
    const { session } = await searched('a', 'abc');
    session.results = { view: () => ({ inView: 3 }), follow: vi.fn(), focusFirst: vi.fn() };
    await asked[0]!.answer('done', 'cba', { progress: { read: 8, of: 8 } });
    expect(session.announcer.text).toBe('');
    vi.advanceTimersByTime(1100);
    expect(session.announcer.text).toBe('3 pages found. A second look has improved the order');
  });
});

describe('moving', () => {
  it('chooses nothing by itself, goes round at the ends, and passes the row for more', async () => {
    const { session } = await searched('a', 'abcdefghij');
    expect(session.active).toBeUndefined();
    session.move(-1);
    expect(session.active).toBe(MORE);
    session.move(1);
    expect(session.active).toBe('a');
    session.move(1);
    expect(session.active).toBe('b');
    session.move(-1);
    session.move(-1);
    expect(session.active).toBe(MORE);
  });

  it('lists more pages when asked, below those shown', async () => {
    const { session } = await searched('a', 'abcdefghij');
    await asked[0]!.answer('done', 'abcdefghij');
    session.move(-1);
    session.follow({} as KeyboardEvent);
    await turn();
    expect(asked[1]!.options).toMatchObject({ limit: 20 });
    await asked[1]!.answer('done', 'kabcdefghijl');
    expect(shown(session)).toBe('abcdefghijkl');
    expect(session.active).toBe('j');
    session.ask('b');
    await turn();
    expect(asked[2]!.options).toMatchObject({ limit: 10 });
  });

  it('counts more rows of a query as no other search', async () => {
    const { session, events } = await searched('a', 'abcdefghij');
    for (const [at, query] of ['a', 'a', 'b'].entries()) {
      if (query === 'b') session.ask(query);
      else if (at > 0) session.more();
      await turn();
      await asked[at]!.answer('done', 'abcdefghij');
      vi.advanceTimersByTime(1000);
    }
    const queries = events.filter((event) => event instanceof SearchedEvent).map(({ query }) => query);
    expect(queries).toEqual(['a', 'b']);
  });

  it('opens the index again after an error, with nothing to ask', async () => {
    vi.mocked(createSearch).mockRejectedValueOnce(new SearchError('no-index', 'Gone.'));
    const { session } = opened();
    session.open();
    await turn();
    expect(session.error?.code).toBe('no-index');
    session.reopen();
    expect(session.error).toBeUndefined();
    await turn();
    expect(session.info).toBeDefined();
  });

  it('follows the first row where none is chosen, and waits for the rows of this query', async () => {
    const { session } = await searched('a', 'abc');
    const follow = vi.fn();
    session.results = { view: () => ({ inView: 3 }), follow, focusFirst: vi.fn() };
    session.ask('b');
    await turn();
    const enter = {} as KeyboardEvent;
    session.follow(enter);
    expect(follow).not.toHaveBeenCalled();
    await asked[1]!.answer('keyword', 'de');
    expect(follow).toHaveBeenCalledExactlyOnceWith('d', enter);
  });

  it('forgets a row that a better order does without', async () => {
    const { session } = await searched('a', 'abc');
    session.results = { view: () => ({ inView: 3 }), follow: vi.fn(), focusFirst: vi.fn() };
    session.move(1);
    await asked[0]!.answer('done', 'cb');
    expect(session.list.waiting).toBeDefined();
    session.reveal();
    expect(session.active).toBeUndefined();
  });

  it('follows no row that comes once the query was answered, with none', async () => {
    const { session } = await searched('a', '');
    const follow = vi.fn();
    session.results = { view: () => ({ inView: 3 }), follow, focusFirst: vi.fn() };
    session.follow({} as KeyboardEvent);
    await asked[0]!.answer('done', '');
    session.answerOffer('yes');
    session.cancelModels();
    await turn();
    await asked.at(-1)!.answer('keyword', 'abc');
    expect(shown(session)).toBe('abc');
    expect(follow).not.toHaveBeenCalled();
  });

  it('forgets a row of the query before that was chosen and is gone, and keeps one that is still there', async () => {
    const { session } = await searched('a', 'abc');
    const follow = vi.fn();
    session.results = { view: () => ({ inView: 3 }), follow, focusFirst: vi.fn() };
    session.ask('b');
    await turn();
    session.move(1);
    expect(session.active).toBe('a');
    await asked[1]!.answer('keyword', 'cd');
    expect(session.active).toBeUndefined();
    session.follow({} as KeyboardEvent);
    expect(follow).toHaveBeenCalledExactlyOnceWith('c', {});
    session.ask('d');
    await turn();
    session.move(1);
    await asked[2]!.answer('keyword', 'dc');
    expect(session.active).toBe('c');
  });
});

describe('filters', () => {
  it('asks of pages that have the values chosen, and of all when none is', async () => {
    const { session } = await searched('a', 'abc');
    session.choose('section', ['cli', 'api']);
    await turn();
    expect(asked[1]!.options).toMatchObject({ filters: { section: ['cli', 'api'] }, facets: true });
    session.choose('section', []);
    await turn();
    expect(asked[2]!.options).toMatchObject({ filters: {} });
  });

  it('lists pages without a text', async () => {
    const { session } = opened();
    session.choose('section', ['cli']);
    await turn();
    expect(asked[0]!.text).toBe('');
    session.clearFilters();
    expect(session.asks).toBe(false);
  });

  it('counts pages by value, of the whole site at first, and keeps what other values had', async () => {
    const { session } = await searched('a', 'abc');
    await session.loadFilters();
    expect(session.counts).toEqual({ section: { cli: 4, api: 2 } });
    await asked[0]!.answer('done', 'abc', { facets: { section: { cli: 2, api: 1 } } });
    expect(session.counts).toEqual({ section: { cli: 2, api: 1 } });
    session.choose('section', ['cli']);
    await turn();
    await asked[1]!.answer('done', 'ab', { facets: { section: { cli: 2 } } });
    expect(session.counts).toEqual({ section: { cli: 2, api: 1 } });
  });

  it('offers all values of the site again once nothing is asked', async () => {
    const { session } = await searched('a', 'abc');
    await session.loadFilters();
    await asked[0]!.answer('done', '', { facets: {} });
    session.ask('');
    expect(session.counts).toEqual({ section: { cli: 4, api: 2 } });
  });
});

describe('events', () => {
  it('tell of a search once the visitor pauses, and that it found nothing', async () => {
    const { events } = await searched('zzz', '');
    await asked[0]!.answer('done', '');
    expect(events).toEqual([]);
    vi.advanceTimersByTime(1100);
    expect(events).toEqual([
      expect.objectContaining({ type: 'second-look-searched', query: 'zzz', pages: 0 }),
      expect.objectContaining({ type: 'second-look-no-results', query: 'zzz' }),
    ]);
  });

  it('tell of a result with its rank and stage, and let the site take the visitor there', async () => {
    const { session, events } = await searched('a', 'abc');
    expect(session.opens({ url: 'b', trail: [] }, 'b#:~:text=b', false)).toBe(true);
    expect(events[0]).toMatchObject({ query: 'a', url: 'b', rank: 2, stage: 'keyword', elsewhere: false });
    session.owner!.addEventListener('second-look-open-result', (event) => event.preventDefault());
    expect(session.opens({ url: 'b', trail: [] }, 'b', false)).toBe(false);
  });

  it('let the box know that the visitor leaves, with the link unless the site sees to that', async () => {
    const { session } = await searched('a', 'abc');
    const onLeave = (session.onLeave = vi.fn().mockReturnValue(true));
    expect(session.opens({ url: 'b', trail: [] }, 'b', false)).toBe(false);
    expect(session.opens({ url: 'b', trail: [] }, 'b', true)).toBe(true);
    session.owner!.addEventListener('second-look-open-result', (event) => event.preventDefault());
    expect(session.opens({ url: 'c', trail: [] }, 'c', false)).toBe(false);
    expect(onLeave.mock.calls).toEqual([['b'], [undefined]]);
  });

  it('tell that all models are ready', async () => {
    const { events } = await searched('a', 'abc');
    status({ model: 'embedder', state: 'loading' });
    status({ model: 'embedder', state: 'ready' });
    expect(events).toEqual([]);
    status({ model: 'reranker', state: 'loading' });
    status({ model: 'reranker', state: 'ready' });
    status({ model: 'reranker', state: 'ready', device: { kind: 'wasm', lanes: 2, reason: '' } });
    expect(events).toEqual([expect.objectContaining({ type: 'second-look-models-ready' })]);
  });
});

describe('consent', () => {
  beforeEach(() => {
    const stored = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    });
  });
  const asking = async (): Promise<SearchSession> => {
    const { session } = opened();
    session.configure({ index: '/second-look/', models: 'ask', language: undefined });
    session.ask('a');
    await turn();
    return session;
  };
  const policies = (): unknown[] => vi.mocked(createSearch).mock.calls.map(([options]) => options?.models);

  it('is asked for before any model is fetched, and kept', async () => {
    const session = await asking();
    expect(session.offersModels).toBe(true);
    expect(policies()).toEqual(['off']);
    session.answerOffer('yes');
    await turn();
    expect(session.offersModels).toBe(false);
    expect(policies()).toEqual(['off', 'on']);
    expect(asked.map(({ text }) => text)).toEqual(['a', 'a']);
    expect(await asking()).toHaveProperty('offersModels', false);
    expect(policies()).toEqual(['off', 'on', 'on']);
  });

  it('is not asked for again once it was refused', async () => {
    (await asking()).answerOffer('no');
    const session = await asking();
    expect(session.offersModels).toBe(false);
    expect(policies()).toEqual(['off', 'off']);
  });

  it('may be taken back while the models load', async () => {
    const { session } = await searched('a', 'abc');
    session.cancelModels();
    await turn();
    expect(policies()).toEqual(['on', 'off']);
    expect(dispose).toHaveBeenCalledTimes(1);
    await asked[1]!.answer('done', 'abc');
    expect(shown(session)).toBe('abc');
  });
});
