import { SearchError } from '../engine/errors.js';

/** A flag's value as a number. */
export function numeric(flag: string, value: unknown): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
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

/** The values that there are. */
export function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
