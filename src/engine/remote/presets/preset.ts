import type { FilterRule } from '../../filters.js';
import type { Json, RemoteResponse, RemoteSettings } from '../settings.js';

/** What is known of an engine's API, so that a site need not say it. */
export interface Preset {
  /** What follows the server's URL, for an index or collection. */
  path: (collection: string) => string;
  /** The request by words; absent where the engine searches by vectors alone. */
  keywordBody?: (settings: RemoteSettings) => Json;
  /** The request with the query's vector; absent where the settings name no vectors to search. */
  vectorBody: (settings: RemoteSettings) => Json | undefined;
  response: (settings: RemoteSettings) => RemoteResponse;
  /**
   * Filters in the engine's own form; `key` is a field's name there.
   * @throws SearchError `bad-option` for what the form cannot say
   */
  filters: (rules: ReadonlyMap<string, FilterRule>) => Json;
}

/** The fields that are searched by words where a site does not say. */
export const SEARCHED = ['title', 'text'];

/** Where a document's parts are, when it is an object below `prefix` (which ends in a dot, or is empty). */
export function documentAt(prefix: string, { documents }: RemoteSettings, flat = '.'): RemoteResponse {
  const level = (at: number): string => `${prefix}hierarchy${flat}lvl${at}`;
  const [lvl0, lvl1, ...headings] = [0, 1, 2, 3, 4, 5, 6].map(level);
  // DocSearch's records: level 0 is the part of the site, 1 the page's title, and below it come the headings.
  if (documents === 'docsearch')
    return {
      url: `${prefix}url`,
      title: [lvl1!, lvl0!],
      trail: { all: headings },
      text: `${prefix}content`,
      anchor: `${prefix}anchor`,
    };
  return {
    url: `${prefix}url`,
    title: `${prefix}title`,
    trail: `${prefix}trail`,
    text: [`${prefix}text`, `${prefix}content`, `${prefix}body`],
    anchor: `${prefix}anchor`,
  };
}

/** The fields that are searched by words: the site's own, DocSearch's, or the plain ones. */
export function searchedFields({ search, documents }: RemoteSettings, flat = '.'): string[] {
  if (search) return search;
  if (documents !== 'docsearch') return SEARCHED;
  return [...[0, 1, 2, 3, 4, 5, 6].map((at) => `hierarchy${flat}lvl${at}`), 'content'];
}
