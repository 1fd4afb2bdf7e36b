import type { Command } from 'cac';
import { join } from 'node:path';
import { SearchError } from '../engine/errors.js';

/** Pagefind's names for options of ours. */
export interface PagefindFlags {
  site?: string;
  outputSubdir?: string;
  outputPath?: string;
  forceLanguage?: string;
}

/** Those of Pagefind's flags that have no meaning here, and what to do in their place. */
const REFUSED: Record<string, string> = {
  includeCharacters: 'Marks inside words are found as they are (C++, --save-dev, @scope/name): leave it out',
  keepIndexUrl: 'A page guide/index.html is always guide/: leave it out',
  maxFragments: 'Files are cut by their size: leave it out',
  serve: 'Serve the site afterwards: second-look serve DIR',
  writePlayground: 'Ask the index questions with "second-look label"',
  verbose: 'The summary names every page that was skipped, with --json all of them: leave it out',
  quiet: 'Progress goes to stderr: 2>/dev/null',
  silent: 'Progress goes to stderr, the summary to stdout: >/dev/null 2>&1',
  logfile: 'Write the summary into a file: --json > FILE',
  source: 'Pagefind has given it up for --site',
  bundleDir: 'Pagefind has given it up for --output-subdir and --output-path',
};
const SHORT: Record<string, string> = { k: 'keepIndexUrl', q: 'quiet', l: 'logfile', b: 'bundleDir' };

/** Adds the flags that Pagefind's users know, next to ours of the same meaning. */
export function addPagefindFlags(command: Command): Command {
  return command
    .option('-s, --site <dir>', "Pagefind's name for DIR")
    .option('--output-subdir <name>', "Pagefind's: where the index goes, inside DIR")
    .option('--output-path <folder>', "Pagefind's name for --out")
    .option('--force-language <tag>', "Pagefind's name for --language");
}

/** @throws SearchError `bad-option` for a flag of Pagefind's that means nothing here */
export function refusePagefindFlags(flags: Record<string, unknown>): void {
  for (const given of Object.keys(flags)) {
    const name = SHORT[given] ?? given;
    const advice = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    if (advice !== undefined)
      throw new SearchError(
        'bad-option',
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is Pagefind's, and second-look has no such ` +
          `option. ${advice}.`,
      );
  }
}

/**
 * The options that Pagefind's flags stand for, next to ours.
 * @param usual the site that the config file names
 * @throws SearchError `bad-option` where two flags say the same
 */
export function withPagefind(
  ours: { dir: string | undefined; out: string | undefined; language: string | undefined },
  flags: PagefindFlags,
  usual: string | undefined,
): { site: string | undefined; out: string | undefined; language: string | undefined } {
  const site = oneOf({ DIR: ours.dir, '--site': flags.site });
  const outside = { '--out': ours.out, '--output-path': flags.outputPath };
  const inside = flags.outputSubdir;
  const folder = site ?? usual;
  if (inside !== undefined && folder === undefined)
    throw new SearchError('bad-option', '--output-subdir is inside the folder of the site: name that too.');
  return {
    site,
    out: oneOf({
      ...outside,
      '--output-subdir': inside === undefined ? inside : join(folder!, inside),
    }),
    language: oneOf({ '--language': ours.language, '--force-language': flags.forceLanguage }),
  };
}

function oneOf(named: Record<string, string | undefined>): string | undefined {
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  if (given.length > 1)
    throw new SearchError(
      'bad-option',
      `${given.map(([name]) => name).join(' and ')} say the same: give one of them.`,
    );
  return given[0]?.[1];
}
