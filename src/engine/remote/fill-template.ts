import type { Json } from './settings.js';

/** What a request's placeholders stand for. */
export interface Values {
  /** What is looked for: without quotes, and without what the query excludes. */
  query: string;
  /** The query as the visitor typed it. */
  typed: string;
  /** How many hits are wanted. */
  limit: number;
  /** The query's vector; absent where the request has none. */
  vector?: readonly number[] | undefined;
  /** The filters in the engine's own form; absent where nothing is asked. */
  filters?: Json | undefined;
}

const PLACEHOLDER = /\{(query|typed|limit|vector|filters)\}/g;

/** Whether a template has a placeholder anywhere. */
export function has(template: Json | Record<string, string> | undefined, name: keyof Values): boolean {
  return template !== undefined && JSON.stringify(template).includes(`{${name}}`);
}

/** A string that looks like a placeholder and is none, where a template has one: a slip that would be sent as text. */
export function unknownPlaceholder(template: Json | Record<string, string> | undefined): string | undefined {
  if (template === undefined) return undefined;
  const whole = JSON.stringify(template).matchAll(/"(\{\w+\})"/g);
  return [...whole]
    .map(([, placeholder]) => placeholder!)
    .find((placeholder) => !placeholder.match(PLACEHOLDER));
}

/**
 * Fills the placeholders of a body. A string that is a placeholder and nothing else becomes the value itself (a number,
 * an array); inside a longer string it becomes text. Values are put into JSON's own strings and never parsed again, so
 * no value can change the body's shape. What has no value is left out, and an object that is left empty by that too.
 */
export function fill(template: Json, values: Values): Json | undefined {
  if (typeof template === 'string') return fillString(template, values);
  if (Array.isArray(template))
    return template.map((item) => fill(item, values)).filter((item) => item !== undefined);
  if (typeof template !== 'object' || template === null) return template;
  const entries = Object.entries(template);
  const filled = entries.flatMap(([key, member]): [string, Json][] => {
    const value = fill(member, values);
    return value === undefined ? [] : [[key, value]];
  });
  return filled.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(filled);
}

function fillString(template: string, values: Values): Json | undefined {
  const whole = /^\{(query|typed|limit|vector|filters)\}$/.exec(template)?.[1] as keyof Values | undefined;
  if (whole) return values[whole] as Json | undefined;
  return template.replace(PLACEHOLDER, (_, name: keyof Values) => textOf(values[name]));
}

function textOf(value: Values[keyof Values]): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value.join(',');
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Fills the placeholders of an address's parameters; one that is a placeholder without a value is left out. */
export function fillParameters(
  parameters: Readonly<Record<string, string>>,
  values: Values,
): [string, string][] {
  return Object.entries(parameters).flatMap(([name, template]): [string, string][] => {
    const value = fillString(template, values);
    return value === undefined ? [] : [[name, textOf(value)]];
  });
}
