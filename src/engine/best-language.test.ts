import { expect, it } from 'vitest';
import { bestLanguage } from './best-language.js';

it.each([
  ['de', 'de'],
  ['DE', 'de'],
  ['de-AT', 'de'],
  ['de_CH', 'de'],
  ['pt-PT', 'pt-PT'],
  ['pt-AO', 'pt-BR'],
  ['pt', 'pt-BR'],
  ['zh-Hant-TW', 'zh-Hant'],
  ['zh', 'zh-Hant'],
  ['fr', undefined],
  ['d', undefined],
  ['', undefined],
  ['-', undefined],
  ['en-', 'en'],
])('%s is served by %s', (wanted, served) => {
  expect(bestLanguage(wanted, ['en', 'de', 'pt-BR', 'pt-PT', 'zh-Hant'])).toBe(served);
});
