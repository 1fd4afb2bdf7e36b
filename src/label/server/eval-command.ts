import type { LabelFiles } from '../../evaluate/write-labels.js';

/** The command that evaluates an index with labels, to be pasted into a shell. */
export function evalCommand(folder: string, { queries, qrels }: LabelFiles, language?: string): string {
  // By page, as the README recommends: which of a page's sections is found matters less than that the page is.
  const options = ['--queries', queries, '--qrels', qrels, '--group', 'page'];
  if (language !== undefined) options.push('--language', language);
  return ['second-look', 'eval', folder, ...options].map(quoted).join(' ');
}

/** An argument as a shell takes it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
