import { cac } from 'cac';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './parse-command-line.js';

/** What a command line comes to. */
function parsed(...words: string[]): { args: readonly string[]; options: Record<string, unknown> } {
  const cli = cac('second-look');
  cli
    .command('index [dir]')
    .option('-s, --site <dir>', '')
    .option('--out <folder>', '')
    .option('--exclude <glob>', '')
    .option('--json', '');
  parseCommandLine(cli, ['node', 'second-look', 'index', ...words]);
  return { args: cli.args, options: cli.options };
}

describe('the command line', () => {
  it.each([
    [['1.10'], ['1.10'], {}],
    [['--out', '1.10', '2.0'], ['2.0'], { out: '1.10' }],
    [['--out=007', '--json'], [], { out: '007', json: true }],
    [['--out=-5'], [], { out: '-5' }],
    [['-s', '1e3'], [], { s: '1e3', site: '1e3' }],
    [['--exclude', '404', '--exclude', 'b=5'], [], { exclude: ['404', 'b=5'] }],
    [['--json', '--json', 'dist'], ['dist'], { json: true }],
  ])('of %j has its values as they were written', (words, args, options) => {
    const found = parsed(...words);
    expect(found.args).toEqual(args);
    expect(found.options).toMatchObject(options);
  });

  it.each([
    [['--out', ''], /^--out is empty; expected a value\. A variable of the shell/],
    [['--out=', 'dist'], /^--out is empty/],
    [[''], /^An argument is empty/],
    [['--exclude', 'a', '--exclude', ''], /^--exclude is empty/],
    [['--out', 'a', '--out', 'b'], /^--out is given 2 times; expected once\./],
  ])('of %j is refused', (words, message) => {
    expect(() => parsed(...words)).toThrow(message);
  });
});
