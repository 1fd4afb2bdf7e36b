import type { Mapping } from './mapping.js';
import { at, numberAt, textAt, textsAt } from './read-path.js';
import { type HitUrl, readHitUrl, type Site } from './hit-url.js';
import type { TrailSource } from './settings.js';

const LONGEST_HEADING = 300;
const MOST_HEADINGS = 10;

/** A hit, as far as a passage is made of it. */
export interface Hit extends HitUrl {
  title: string;
  trail: string[];
  text: string;
  /** The engine's, whatever its scale. */
  score: number | undefined;
}

/** The hits of an answer in its order, and how many of them could not be read, with the first reason. */
export interface Answer {
  hits: Hit[];
  refused: number;
  reason?: string;
}

/**
 * Reads an engine's answer, which may be anything.
 * @throws Error that says what was expected, where, and what is there
 */
export function readAnswer(
  answer: unknown,
  { response }: Pick<Mapping, 'response'>,
  site: Site,
  limit: number,
): Answer {
  const list = at(answer, response.hits);
  if (!Array.isArray(list)) throw shapeError(answer, response);
  const read: Answer = { hits: [], refused: 0 };
  list.slice(0, limit).forEach((item: unknown, nth) => {
    const hit = readHit(item, response, site);
    if ('refused' in hit) {
      read.refused++;
      read.reason ??= `hit ${nth + 1}: ${hit.refused}`;
    } else read.hits.push(hit);
  });
  return read;
}

function readHit(item: unknown, response: Mapping['response'], site: Site): Hit | { refused: string } {
  const address = textAt(item, response.url);
  if (address === undefined) return { refused: `nothing at ${named(response.url)} ("response.url")` };
  const url = readHitUrl(address, site);
  if ('refused' in url) return { refused: `its URL "${address.slice(0, 100)}": ${url.refused}` };
  const title = textAt(item, response.title) ?? '';
  const text = textAt(item, response.text) ?? '';
  if (title === '' && text === '')
    return {
      refused: `nothing at ${named(response.title)} ("response.title") and ${named(response.text)} ("response.text")`,
    };
  return {
    page: url.page,
    anchor: url.anchor || anchorOf(textAt(item, response.anchor)),
    title: title.slice(0, LONGEST_HEADING),
    trail: trailOf(item, response.trail),
    text,
    score: numberAt(item, response.score),
  };
}

function trailOf(item: unknown, trail: TrailSource | undefined): string[] {
  const headings =
    trail === undefined
      ? []
      : typeof trail === 'string' || Array.isArray(trail)
        ? textsAt(item, trail)
        : 'all' in trail
          ? trail.all.flatMap((path) => textAt(item, path) ?? [])
          : (textAt(item, trail.split) ?? '').split(trail.separator);
  return headings
    .map((heading) => heading.trim().slice(0, LONGEST_HEADING))
    .filter((heading) => heading !== '')
    .slice(0, MOST_HEADINGS);
}

/** An anchor that can stand in an address: not one with half a surrogate pair. */
function anchorOf(anchor: string | undefined): string {
  try {
    return decodeURIComponent(encodeURIComponent((anchor ?? '').replace(/^#/, '').slice(0, 500)));
  } catch {
    return '';
  }
}

function shapeError(answer: unknown, { hits, error }: Mapping['response']): Error {
  const said = textAt(answer, error);
  if (said !== undefined)
    return new Error(`The search engine says: ${said.replace(/\s+/g, ' ').slice(0, 200)}`);
  const isObject = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  const found = isObject
    ? `an object with ${JSON.stringify(Object.keys(answer).slice(0, 8)).slice(0, 200)}`
    : Array.isArray(answer)
      ? 'a list'
      : JSON.stringify(answer).slice(0, 40);
  return new Error(
    `The search engine's answer has no list of hits at "${hits}"; it is ${found}. Set "response.hits" to where the list is.`,
  );
}

function named(source: string | string[] | undefined): string {
  return (
    [source ?? []]
      .flat()
      .map((path) => `"${path}"`)
      .join(' or ') || 'no path'
  );
}
