import { expect, test } from 'vitest';
import { labelFiles } from '../../evaluate/write-labels.js';
import { evalCommand } from './eval-command.js';

test('the command evaluates by page with the files that were written', () => {
  expect(evalCommand('./dist/second-look', labelFiles('labels'))).toBe(
    'second-look eval ./dist/second-look --queries labels/queries.jsonl --qrels labels/qrels/test.tsv --group page',
  );
});

test('a shell takes folders with spaces and quotes as they are', () => {
  expect(evalCommand("my 'site'", labelFiles('$HOME'))).toBe(
    `second-look eval 'my '\\''site'\\''' --queries '$HOME/queries.jsonl' --qrels '$HOME/qrels/test.tsv' --group page`,
  );
});
