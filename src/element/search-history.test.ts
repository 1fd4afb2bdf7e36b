import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addOpened, forget, NO_HISTORY, readHistory, togglePin, writeHistory } from './search-history.js';

const result = (name: string): { url: string; title: string; trail: string[] } => ({
  url: `https://docs.test/${name}`,
  ...{ title: name, trail: [] },
});
const names = (results: readonly { title: string }[]): string => results.map(({ title }) => title).join('');

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

describe('a history', () => {
  it('has the newest first, each once, and no more than five', () => {
    let history = NO_HISTORY;
    for (const name of 'abcdefgb') history = addOpened(history, `find ${name}`, result(name));
    expect(names(history.opened)).toBe('bgfed');
    expect(history.searches[0]).toBe('find b');
    expect(history.searches).toHaveLength(5);
  });

  it('pins and unpins, and lists a pinned result there alone', () => {
    let history = addOpened(addOpened(NO_HISTORY, 'x', result('a')), 'y', result('b'));
    history = togglePin(history, result('a'));
    expect([names(history.pinned), names(history.opened)]).toEqual(['a', 'b']);
    history = addOpened(history, 'z', result('a'));
    expect([names(history.pinned), names(history.opened)]).toEqual(['a', 'b']);
    history = togglePin(history, result('a'));
    expect([names(history.pinned), names(history.opened)]).toEqual(['', 'ab']);
  });

  it('forgets what it is told to', () => {
    const history = addOpened(addOpened(NO_HISTORY, 'x', result('a')), 'y', result('b'));
    expect(forget(history, 'x').searches).toEqual(['y']);
    expect(names(forget(history, result('b').url).opened)).toBe('a');
  });

  it('is kept for each index, and leaves nothing behind when it is empty', () => {
    const history = addOpened(NO_HISTORY, 'x', result('a'));
    writeHistory('/one/', history);
    expect(readHistory('/one/')).toEqual(history);
    expect(readHistory('/two/')).toEqual(NO_HISTORY);
    writeHistory('/one/', NO_HISTORY);
    expect(stored.size).toBe(0);
  });

  it.each([
    ['nonsense', 'no JSON'],
    ['null', 'nothing'],
    ['{"searches":{},"opened":7}', 'no lists'],
    ['{"opened":[{"url":"javascript:alert(1)","title":"a","trail":[]}]}', 'a link that runs'],
    ['{"opened":[{"url":"https://a.test/","title":{},"trail":[]},null],"searches":[3]}', 'no texts'],
    ['{"pinned":[{"url":"https://a.test/","title":"a"}]}', 'no trail'],
  ])('takes nothing from %s: %s', (text) => {
    stored.set('second-look:history:/one/', text);
    expect(readHistory('/one/')).toEqual(NO_HISTORY);
  });
});
