import * as v from 'valibot';
import type { SearchIndex } from '../../engine/open-index.js';
import { type LabelSheet, MAX_QUERY_LENGTH, MAX_RELEVANT } from '../protocol.js';
import { HttpError } from './http-error.js';
import { checked } from './json-body.js';
import type { LabelStore } from './label-store.js';
import { poolFor } from './pool.js';
import { describeSection, readSections } from './site-sections.js';
import { createSuggester } from './suggest-section.js';

export interface ApiRequest {
  method: string;
  /** Below `/api/`. */
  path: string;
  body: unknown;
  /** Aborted when the page no longer waits. */
  signal: AbortSignal;
}

/** Answers a request with what is sent as JSON; undefined sends nothing. */
export type LabelApi = (request: ApiRequest) => Promise<unknown>;

const document = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(2000),
  v.regex(/^\S([^\t\r\n]*\S)?$/, 'expected an id without tabs and line breaks'),
);
const draft = v.object({
  text: v.pipe(
    v.string(),
    v.transform((text) => text.trim().replace(/\s+/g, ' ')),
    v.minLength(1, 'expected a query'),
    v.maxLength(MAX_QUERY_LENGTH, `expected at most ${MAX_QUERY_LENGTH} characters`),
  ),
  relevant: v.pipe(
    v.array(document),
    v.maxLength(MAX_RELEVANT, `expected at most ${MAX_RELEVANT} documents`),
  ),
});

/** What the page can ask for and change. */
export async function createLabelApi(
  index: SearchIndex,
  store: LabelStore,
  described: Pick<LabelSheet, 'folder' | 'command'>,
): Promise<LabelApi> {
  const sections = await readSections(index);
  const suggest = createSuggester(sections);
  const sheet = (): LabelSheet => ({ ...described, queries: store.queries, sections: sections.size });

  return async ({ method, path, body, signal }) => {
    const [resource, id, ...more] = path.split('/').map(decodeSegment);
    const route = more.length > 0 ? '' : `${method} ${resource}${id === undefined ? '' : '/…'}`;
    switch (route) {
      case 'GET sheet':
        return sheet();
      case 'POST pool':
        return poolFor(index, sections, checked(draft, body), signal);
      case 'POST suggestion': {
        const section = suggest(store.queries.flatMap(({ relevant }) => relevant));
        if (!section)
          throw new HttpError(404, 'The site has no section left that is long enough to suggest.');
        return describeSection(sections, section.id);
      }
      case 'POST queries':
        return store.add(checked(draft, body));
      case 'PUT queries/…':
        return (await store.update(id!, checked(draft, body))) ?? missing(id!);
      case 'DELETE queries/…':
        return (await store.remove(id!)) ? undefined : missing(id!);
      default:
        throw new HttpError(404, `There is no ${method} /api/${path}.`);
    }
  };
}

function missing(id: string): never {
  throw new HttpError(404, `There is no query ${JSON.stringify(id)} any more; reload the page.`);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, `${JSON.stringify(segment)} is not a part of a URL.`);
  }
}
