import type { createSearch, Search } from '../../src/client/create-search.js';
import type { Driver, Shown } from './driver.js';

/** Loads a module of the site at run time; a bundler would look for it at build time. */
async function load<Module>(url: string): Promise<Module> {
  return (await import(/* @vite-ignore */ new URL(url, document.baseURI).href)) as Module;
}

export function driveOurs(): Driver {
  let search: Search;
  const ask = async (query: string, started = performance.now(), until = 'done'): Promise<Shown> => {
    const shown: Shown = {};
    for await (const { stage, results } of search.query(query)) {
      const at = performance.now() - started;
      if (results.length > 0) shown.rows ??= at;
      if (until === 'rows' && shown.rows !== undefined) break;
      if (stage === 'hybrid') shown.hybrid ??= at;
      if (stage === 'reranking') shown.reranked ??= at;
      if (stage === 'done') shown.done = at;
    }
    return shown;
  };
  return {
    async open(query, until) {
      const started = performance.now();
      const module = await load<{ createSearch: typeof createSearch }>('/second-look/search.js');
      search = await module.createSearch({ index: '/second-look/' });
      search.preload();
      return ask(query, started, until);
    },
    ask: (query) => ask(query),
  };
}

/** The part of Pagefind's API that is used. */
interface Pagefind {
  init: () => Promise<void>;
  search: (query: string) => Promise<{ results: { data: () => Promise<unknown> }[] }>;
}

const RESULTS = 5;

export function drivePagefind(): Driver {
  let pagefind: Pagefind;
  const ask = async (query: string, started = performance.now()): Promise<Shown> => {
    const { results } = await pagefind.search(query);
    if (results.length === 0) return {};
    await Promise.all(results.slice(0, RESULTS).map((result) => result.data()));
    return { rows: performance.now() - started };
  };
  return {
    async open(query) {
      const started = performance.now();
      pagefind = await load<Pagefind>('/pagefind/pagefind.js');
      void pagefind.init();
      return ask(query, started);
    },
    ask: (query) => ask(query),
  };
}
