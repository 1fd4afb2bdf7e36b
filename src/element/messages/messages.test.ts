import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMessages } from '../load-messages.js';
import { ENGLISH, type Messages } from '../messages.js';
import { plural } from './plural.js';

const LANGUAGES = Array.from(
  readFileSync(new URL('../load-messages.ts', import.meta.url), 'utf8').matchAll(
    /'\.\/messages\/(\w+)\.js'/g,
  ),
  ([, language]) => language!,
);

/** What each text with something in it is asked with. */
const ARGUMENTS: Partial<Record<string, readonly (string | number)[]>> = {
  noResults: ['pnpm -r'],
  respelt: ['publihs', 'publish'],
  found: [5],
  reading: [7, 21],
  read: [21],
  downloading: ['4.2', '38'],
  offer: ['38'],
  score: [87],
  chosen: [5],
  pages: [5],
  'history.pin': ['Node › C++'],
  'history.unpin': ['Node › C++'],
  'history.forget': ['Node › C++'],
};

/** Texts that depend on how many there are. */
const COUNTED = ['found', 'read', 'chosen', 'pages'] as const;

const SAME_AS_ENGLISH = [
  // Dutch has borrowed the word, and its plural.
  'nl filters',
  // French writes the word, and its plural, as English does.
  'fr pages',
];

type Text = string | ((...args: unknown[]) => string);

/** Each text under its path. */
function textsOf(messages: object, above = ''): [path: string, text: Text][] {
  return Object.entries(messages).flatMap(([key, value]: [string, Text | object]) =>
    typeof value === 'object' ? textsOf(value, `${above}${key}.`) : [[above + key, value] as [string, Text]],
  );
}

function shapeOf(messages: Messages): Record<string, string> {
  return Object.fromEntries(textsOf(messages).map(([path, text]) => [path, typeof text]));
}

function shown(path: string, text: Text): string {
  return typeof text === 'string' ? text : text(...(ARGUMENTS[path] ?? []));
}

describe('messages', () => {
  it('are those of the languages that have a file', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^\w{2}\.ts$/.test(name));
    expect([...LANGUAGES].sort()).toEqual(files.map((name) => name.replace('.ts', '')).sort());
    expect(LANGUAGES).toHaveLength(15);
  });

  it('are asked here with all that they show', () => {
    const functions = textsOf(ENGLISH).filter(([, text]) => typeof text === 'function');
    expect(Object.keys(ARGUMENTS).sort()).toEqual(functions.map(([path]) => path).sort());
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    it('load', async () => {
      expect(await loadMessages(language)).not.toBe(ENGLISH);
    });

    it('are all there', async () => {
      const messages = await loadMessages(language);
      expect(shapeOf(messages)).toEqual(shapeOf(ENGLISH));
      for (const [path, text] of textsOf(messages)) expect(shown(path, text).trim(), path).not.toBe('');
    });

    it('are not English', async () => {
      const english = new Map(textsOf(ENGLISH));
      const same = textsOf(await loadMessages(language))
        .filter(([path, text]) => shown(path, text) === shown(path, english.get(path)!))
        .map(([path]) => `${language} ${path}`);
      expect(same).toEqual(SAME_AS_ENGLISH.filter((name) => name.startsWith(`${language} `)));
    });

    it('show what they are given', async () => {
      for (const [path, text] of textsOf(await loadMessages(language)))
        for (const argument of ARGUMENTS[path] ?? [])
          expect(shown(path, text), path).toContain(`${argument}`);
    });

    it('have a form for every number', async () => {
      const messages = await loadMessages(language);
      for (const count of [1, 2, 5, 21]) {
        const forms = [...COUNTED.map((name) => messages[name](count)), messages.reading(1, count)];
        for (const form of forms) {
          expect(form.trim()).not.toBe('');
          expect(form).not.toContain('#');
          // One and two may be words: Arabic and Hebrew have forms that say so.
          if (count > 2) expect(form).toContain(`${count}`);
        }
      }
    });
  });
});

describe('plural', () => {
  it.each([
    [1, '1 страница'],
    [2, '2 страницы'],
    [5, '5 страниц'],
    [11, '11 страниц'],
    [21, '21 страница'],
  ])('has the form for %i', (count, expected) => {
    const pages = plural('ru', {
      one: '# страница',
      few: '# страницы',
      many: '# страниц',
      other: '# страницы',
    });
    expect(pages(count)).toBe(expected);
  });

  it('has the other form in place of one that is not given', () => {
    expect(plural('ru', { one: '# фрагмента', other: '# фрагментов' })(2)).toBe('2 фрагментов');
  });

  it('writes numbers as the language does', () => {
    expect(plural('de', { other: '# Seiten' })(1234)).toBe('1.234 Seiten');
  });
});
