import { describe, expect, it } from 'vitest';
import { isErrorPage } from './error-page.js';

describe('isErrorPage', () => {
  it.each(['404.html', '404.htm', '404/', '404.md', '/404.html'])('knows %s at the root', (path) => {
    expect(isErrorPage(path, undefined)).toBe(true);
  });

  it.each([
    ['de/404.html', 'de'],
    ['de/404/', 'de-AT'],
    ['pt-br/404.html', 'pt-BR'],
    ['zh_CN/404.html', 'zh'],
  ])('knows %s of a page in %s', (path, language) => {
    expect(isErrorPage(path, language)).toBe(true);
  });

  it.each([
    ['de/404.html', 'en'],
    ['de/404.html', undefined],
    ['api/404.html', 'a'],
    ['status/404/', 'en'],
    ['en/status/404.html', 'en'],
    ['404', 'en'],
    ['404-errors.html', 'en'],
    ['1404.html', 'en'],
    ['de/', 'de'],
    ['', 'en'],
  ])('leaves %s of a page in %s alone', (path, language) => {
    expect(isErrorPage(path, language)).toBe(false);
  });
});
