import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const guide = read('../../docs/search-box.md');
const box = read('second-look.ts');

const namesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name!)),
];

it('every custom property that styles read is documented with the element and in the guide', () => {
  const names = namesIn(read('tokens.styles.ts'), /var\(\s*--second-look-([a-z-]+)/g);
  expect(names.length).toBeGreaterThan(25);
  const documented = namesIn(box, /@cssproperty \[--second-look-([a-z-]+)/g);
  expect(documented.sort()).toEqual([...names].sort());
  for (const name of names) expect(guide).toMatch(new RegExp(`\\x60(--second-look)?-${name}\\x60`));
});

it('every part is documented with the element and in the guide', () => {
  const views = [
    'second-look',
    'second-look-input',
    'second-look-results',
    'second-look-filters',
    'second-look-status',
  ];
  const sources = [...views, 'result-rows', 'history-view'].map((name) => read(`${name}.ts`)).join('');
  const names = namesIn(sources, /\spart="([a-z-]+)/g);
  expect(namesIn(box, /@csspart ([a-z-]+)/g).sort()).toEqual([...names].sort());
  for (const name of names) expect(guide).toContain(`\x60${name}\x60`);
});

it('every attribute is in the guide', () => {
  const options = [...box.matchAll(/@property\((.*?)\)\s+(\w+)/g)].filter(
    ([, given]) => !given!.includes('attribute: false'),
  );
  expect(options.length).toBeGreaterThan(8);
  for (const [, given, name] of options)
    expect(guide).toContain(`\x60${/attribute: '([a-z-]+)'/.exec(given!)?.[1] ?? name!}\x60`);
});
