import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const root = new URL('..', import.meta.url);

test('a server that renders pages can import the elements', async () => {
  const program = `
    const { SecondLook } = await import('second-look/element');
    console.log(new SecondLook().index);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
  });
  expect(stdout.trim()).toBe('/second-look/');
});

test('the custom elements manifest describes every element', async () => {
  const manifest = JSON.parse(await readFile(new URL('dist/custom-elements.json', root), 'utf8')) as {
    modules: { declarations?: Record<string, unknown[] | string | undefined>[] }[];
  };
  const elements = manifest.modules.flatMap(({ declarations = [] }) =>
    declarations.filter(({ tagName }) => tagName),
  );
  expect(elements.map(({ tagName }) => tagName).sort()).toEqual([
    'second-look',
    'second-look-filters',
    'second-look-input',
    'second-look-results',
    'second-look-status',
  ]);
  const box = elements.find(({ tagName }) => tagName === 'second-look')!;
  for (const part of ['attributes', 'cssParts', 'cssProperties', 'events', 'slots'])
    expect(box[part]?.length, part).toBeGreaterThan(0);
});
