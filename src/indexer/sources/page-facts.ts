import * as v from 'valibot';
import {
  isLink,
  LONGEST_KEY,
  LONGEST_META,
  LONGEST_VALUE,
  MOST_KEYS,
  MOST_VALUES,
} from '../page-attributes.js';
import type { PageContent } from '../parse-page.js';

const text = (longest: number): v.GenericSchema<unknown, string> =>
  v.pipe(
    v.union([v.string(), v.number(), v.boolean()], 'expected text, a number, true or false'),
    v.transform((value) => String(value).replace(/\s+/g, ' ').trim()),
    v.minLength(1, 'expected some text'),
    v.maxLength(longest, `expected at most ${longest} characters`),
  );

const keyed = <T>(value: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Record<string, T>> =>
  v.pipe(
    v.custom<Record<string, unknown>>(
      (keys) => typeof keys === 'object' && keys !== null && !Array.isArray(keys),
      'expected an object of keys and values',
    ),
    v.record(
      v.pipe(
        v.string(),
        v.minLength(1, 'expected a key'),
        v.maxLength(LONGEST_KEY, `expected a key of at most ${LONGEST_KEY} characters`),
      ),
      value,
    ),
    v.maxEntries(MOST_KEYS, `expected at most ${MOST_KEYS} keys`),
  );

/** A title, or a value of the metadata. */
export const metaText = text(LONGEST_META);

/** The values of a filter: one, or a list. */
export const filterValues: v.GenericSchema<unknown, string[]> = v.pipe(
  v.union(
    [
      v.array(text(LONGEST_VALUE)),
      v.pipe(
        text(LONGEST_VALUE),
        v.transform((value) => [value]),
      ),
    ],
    'expected a value, or a list of values',
  ),
  v.maxLength(MOST_VALUES, `expected at most ${MOST_VALUES} values`),
);

/** What a source may say of a page outside its text. */
export const pageFacts = v.object({
  title: v.nullish(metaText),
  /** BCP 47. */
  language: v.nullish(v.string('expected a BCP 47 tag such as en')),
  meta: v.nullish(keyed(metaText), {}),
  filters: v.nullish(keyed(filterValues), {}),
  sorts: v.nullish(keyed(text(LONGEST_VALUE)), {}),
});

export type PageFacts = v.InferOutput<typeof pageFacts>;

/** A page with what its source says of it, which wins over what its text and markup say. */
export function withFacts<P extends Omit<PageContent, 'sections'>>(page: P, facts: PageFacts): P {
  const { title, language, meta, filters, sorts } = facts;
  return {
    ...page,
    ...(title && { title, heading: title, documentTitle: '' }),
    language: language ?? page.language,
    meta: new Map([...page.meta, ...Object.entries(meta).flatMap(metaEntry)]),
    filters: new Map([
      ...page.filters,
      ...Object.entries(filters).map(([key, values]) => [key, new Set(values)] as const),
    ]),
    sorts: new Map([...page.sorts, ...Object.entries(sorts)]),
  };
}

function metaEntry([key, value]: [string, string]): [string, { value: string; url: boolean }][] {
  const url = key === 'image';
  return url && !isLink(value) ? [] : [[key, { value, url }]];
}
