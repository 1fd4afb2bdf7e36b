import type { CAC } from 'cac';
import { SearchError } from '../engine/errors.js';

/** What cac would take for a number, or for nothing at all, begins with this until it has been parsed. */
const MARK = '\u2060';
/** Flags that may be given again. */
const REPEATED = new Set(['glob', 'exclude', 'excludeSelectors', 'stages']);

/**
 * Has cac read the command line, with every value as it was written: a folder may be called 1.10, or 007.
 * @param argv as Node gives it
 * @throws SearchError `bad-option` for a value that is empty, and for a flag that is given twice; CACError
 */
export function parseCommandLine(cli: CAC, argv: readonly string[]): void {
  cli.parse(
    argv.map((word, at) => (at < 2 ? word : marked(word))),
    { run: false },
  );
  cli.args = cli.args.map(unmarked);
  if (cli.args.includes('')) refuse('An argument is empty');
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(cli.options)) {
    const all = [value].flat().map(unmarked);
    // A switch that is given twice is on.
    options[name] = Array.isArray(value) && all.some((one) => typeof one === 'string') ? all : all.at(-1);
    const flag = `${name.length > 1 ? '--' : '-'}${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (name === '--') continue;
    if (Array.isArray(options[name]) && !REPEATED.has(name))
      throw new SearchError('bad-option', `${flag} is given ${all.length} times; expected once.`);
    if (all.includes('')) refuse(`${flag} is empty`);
  }
  cli.options = options;
}

function refuse(what: string): never {
  throw new SearchError('bad-option', `${what}; expected a value. A variable of the shell may be unset.`);
}

function marked(word: string): string {
  const [, flag = '', value = ''] = /^(--?[^=]+=)?(.*)$/s.exec(word) ?? [];
  const isFlag = flag === '' && value.startsWith('-');
  return !isFlag && Number.isFinite(Number(value)) ? `${flag}${MARK}${value}` : word;
}

function unmarked<T>(value: T): T {
  return (typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value) as T;
}
