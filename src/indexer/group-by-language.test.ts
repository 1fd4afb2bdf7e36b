import { describe, expect, it } from 'vitest';
import { canonicalLanguage, groupByLanguage } from './group-by-language.js';

/** Languages as pages say them → each group's language and which pages it has. */
const grouped = (...said: (string | undefined)[]): Record<string, number[]> =>
  Object.fromEntries(
    groupByLanguage(said.map((language, at) => ({ language, at }))).map(({ language, pages }) => [
      language,
      pages.map(({ at }) => at),
    ]),
  );

describe('groupByLanguage', () => {
  it('puts the language of most pages first', () => {
    expect(Object.keys(grouped('en', 'de', 'fr', 'de'))).toEqual(['de', 'en', 'fr']);
    expect(grouped('en', 'de', 'fr', 'de')).toEqual({ de: [1, 3], en: [0], fr: [2] });
  });

  it('lets regions join their language where it has pages, and keeps them apart where not', () => {
    expect(grouped('en', 'en-US', 'EN-gb', 'en-US')).toEqual({ en: [0, 1, 2, 3] });
    expect(grouped('pt-BR', 'pt-PT', 'pt-br')).toEqual({ 'pt-BR': [0, 2], 'pt-PT': [1] });
  });

  it('keeps scripts apart', () => {
    expect(grouped('zh', 'zh-TW', 'zh-CN', 'zh-Hant')).toEqual({ zh: [0, 2], 'zh-TW': [1], 'zh-Hant': [3] });
  });

  it('puts pages whose language is not known with most', () => {
    expect(grouped('de', undefined, '', 'x', 'not a language', 'und', 'de', 'en')).toEqual({
      de: [0, 1, 2, 3, 4, 5, 6],
      en: [7],
    });
    expect(grouped(undefined, '')).toEqual({ en: [0, 1] });
  });

  it.each([
    ['de_AT', 'de-AT'],
    [' DE ', 'de'],
    ['iw', 'he'],
    ['en-u-ca-gregory', 'en'],
    ['../../etc', undefined],
  ])('takes %j for %s', (said, tag) => {
    expect(canonicalLanguage(said)).toBe(tag);
  });
});
