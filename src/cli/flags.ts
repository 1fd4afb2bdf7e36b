import { SearchError } from '../engine/errors.js';

/** A flag's value as a number; what looks like one comes as one. */
export function numeric(flag: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return value;
  throw new SearchError('bad-option', `${flag} is ${JSON.stringify(value)}; expected a number.`);
}

/** A flag's value as a whole number within bounds. */
export function whole(flag: string, value: unknown, least: number, most: number): number | undefined {
  const number = numeric(flag, value);
  if (number !== undefined && !(Number.isInteger(number) && number >= least && number <= most))
    throw new SearchError(
      'bad-option',
      `${flag} is ${number}; expected a whole number from ${least} to ${most}.`,
    );
  return number;
}

/** A flag's value as it was written: cac makes numbers of what looks like one. */
export function written(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The values that there are. */
export function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
