import { messageOf, SearchError } from '../errors.js';
import { filterRules } from '../filters.js';
import type { Analyser } from '../keyword/analyse.js';
import type { Embedder } from '../model/embedder.js';
import type { Part } from '../part.js';
import type { Query } from '../query.js';
import type { FirstLook, Retriever } from '../retriever.js';
import type { Missing } from '../update.js';
import { withinTime } from '../within-time.js';
import { askEngine, type Fetch } from './ask-engine.js';
import { buildRequest } from './build-request.js';
import { type Site, siteOf } from './hit-url.js';
import { mappingOf, type RequestTemplate } from './mapping.js';
import { readAnswer } from './read-answer.js';
import { RecentPassages } from './recent-passages.js';
import { readSettings } from './settings.js';
import { toCandidates } from './to-candidates.js';
import { typingPause } from '../typing-pause.js';

export { remoteRefinements } from './remote-refinements.js';

/** What a remote retriever needs beside its settings. */
export interface RemoteParts {
  /** URL of the site's root, absolute or relative to the index. */
  site: string;
  /** Where the index lies: the URL or path of its manifest. */
  where: string;
  analyser: Analyser;
  embedder: Part<Embedder>;
  /** Sends requests. Default: the platform's. */
  fetch?: Fetch | undefined;
}

/**
 * Takes the first look in a search engine that the site runs: one request for a query, whose hits are the candidates.
 * The list is of stage `keyword`, or of `hybrid` where the request has the query's vector. While the model that makes
 * vectors is not there, a request by words alone goes ahead of it, if the engine has one.
 * @param json the settings as the manifest has them
 * @throws SearchError `bad-option` that names the key of the settings that is wrong
 */
export function remoteRetriever(
  json: unknown,
  { site: root, where, analyser, embedder, fetch }: RemoteParts,
): Retriever {
  const settings = readSettings(json, where);
  const site = siteOf(root, where, settings.origins ?? []);
  const mapping = mappingOf({ ...settings, url: addressOf(settings.url, site, where) }, where);
  const { keyword, hybrid } = mapping;
  const passages = new RecentPassages();
  const mayAsk = typingPause(settings.pause);
  const send: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  let failure: string | undefined;
  let leftOut: string | undefined;

  return {
    passages,
    origins: site.origins,

    async *retrieve(query, signal) {
      const missing = unanswered(query);
      for await (const look of looksFor(query, signal)) yield { ...look, missing };
    },

    async preload() {
      if (hybrid) await embedder.open();
    },

    missing() {
      const reasons: [Missing['part'], string | undefined][] = [
        ['remote', failure],
        ['vector', hybrid && embedder.failure],
        ['passages', leftOut],
      ];
      return reasons.flatMap(([part, reason]) => (reason === undefined ? [] : [{ part, reason }]));
    },
  };

  async function* looksFor(query: Query, signal?: AbortSignal): AsyncGenerator<FirstLook, void> {
    if (query.text === '') {
      yield { stage: keyword ? 'keyword' : 'hybrid', candidates: [] };
      return;
    }
    await mayAsk(signal);
    let byWords: FirstLook | undefined;
    // A model that is still on its way is not waited for.
    const isSettled =
      hybrid &&
      (await withinTime(
        0,
        embedder.open().then(() => true),
      ));
    if (keyword && !isSettled) {
      byWords = await ask('keyword', keyword, query, signal);
      yield byWords;
    }
    if (!hybrid) return;
    const vector = await embedder.use((opened) => {
      signal?.throwIfAborted();
      return opened.embedQuery(query.text);
    }, signal);
    if (vector) {
      const look = await ask('hybrid', hybrid, query, signal, vector);
      // Rows that are there already are better than none.
      if (failure === undefined || !byWords) yield look;
    } else if (!byWords) {
      yield keyword ? await ask('keyword', keyword, query, signal) : { stage: 'hybrid', candidates: [] };
    }
  }

  /** Sends a request and makes candidates of its answer; none where that fails, and `failure` says why. */
  async function ask(
    stage: FirstLook['stage'],
    template: RequestTemplate,
    query: Query,
    signal: AbortSignal | undefined,
    vector?: Float32Array,
  ): Promise<FirstLook> {
    try {
      const request = buildRequest(template, query, mapping, settings, vector);
      const options = { fetch: send, timeout: settings.timeout, error: mapping.response.error };
      const answer = readAnswer(await askEngine(request, options, signal), mapping, site, settings.limit);
      const { hits, refused, reason } = answer;
      if (refused > 0 && hits.length === 0)
        throw new Error(`No hit of the search engine's answer can be shown; ${reason}.`);
      failure = undefined;
      leftOut =
        refused > 0
          ? `${refused} of ${refused + hits.length} hits of the search engine were left out; ${reason}.`
          : undefined;
      return { stage, candidates: toCandidates(stage, hits, passages.add(hits), query, analyser) };
    } catch (error) {
      signal?.throwIfAborted();
      failure = messageOf(error);
      leftOut = undefined;
      return { stage, candidates: [] };
    }
  }
}

/** What a query asks for that no request to a search engine says. */
function unanswered({ text, filters, sort }: Query): Missing[] {
  const missing: Missing[] = [];
  if (text === '' && filterRules(filters).size > 0)
    missing.push({
      part: 'filters',
      reason: "The site's search engine looks for words; filters without a text list no pages.",
    });
  if (sort)
    missing.push({
      part: 'sort',
      reason: `The site's search engine lists pages by relevance alone, not by "${sort.by}".`,
    });
  return missing;
}

/** The engine's address; a path is one on the site's own host. */
function addressOf(url: string, site: Site, where: string): string {
  if (url.startsWith('/') && !site.known)
    throw new SearchError(
      'bad-option',
      `${where}: url: "${url}" is a path on the site's host, which an index on disk does not know. Write the index with ` +
        '--site-url and an absolute URL.',
    );
  return new URL(url, site.root).href;
}
