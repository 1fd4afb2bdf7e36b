import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keywordsOf } from '../../testing/keywords.js';
import type { Analyser } from './analyse.js';
import { analyserFor } from './analyser-for.js';
import { searchKeywords } from './search-keywords.js';

/** Without a stemmer too, in Latin letters, in others, without spaces, and a tag that is none. */
const LANGUAGES = [
  'en',
  // Those that have a stemmer besides English.
  ...'ar bg da de el es fi fr ga hi hu hy id it lt nb ne nl nn no pt ro ru sr sv ta tr uk'.split(' '),
  'cs',
  'pl',
  'ca',
  'vi',
  'he',
  'fa',
  'ja',
  'zh-Hant',
  'ko',
  'th',
  'nonsense',
];

const analysers = new Map<string, Analyser>();
beforeAll(async () => {
  for (const tag of LANGUAGES) analysers.set(tag, await analyserFor(tag));
});
const analyserOf = (tag: string): Analyser => analysers.get(tag)!;
const terms = (tag: string, text: string): string[] =>
  [...analyserOf(tag).tokens(text)].map(({ term }) => term);
const found = async (tag: string, texts: string[], query: string): Promise<number[]> => {
  const documents = texts.map((body) => ({ title: '', heading: '', trail: '', body }));
  const { store } = await keywordsOf(documents, { analyser: analyserOf(tag) });
  return (await searchKeywords(store, analyserOf(tag).analyseQuery(query), 10)).map(({ passage }) => passage);
};

/** Letters of all the alphabets, in words and beside marks. */
const LETTERS = Array.from(
  "aeiouylmnrstBÉßäöüåøœæłıİIçñěšžơ жийъяєїґђ λόςσΆ אבגשׁ ابتةىکیـَ हिज़कीों நக்கை նգէ 数据の한글ก่ 12_-.'’/#+",
);
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);

describe.each(LANGUAGES)('the analyser of %s', (tag) => {
  it('reads any text, and says where its terms stand', () => {
    fc.assert(
      fc.property(text, (text) => {
        let last = 0;
        for (const { term, start, end } of analyserOf(tag).tokens(text)) {
          expect(term).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
        }
        analyserOf(tag).analyseQuery(text);
      }),
      { numRuns: 60 },
    );
  });

  it('finds every word of a text by that word alone, whatever its case', () => {
    const word = fc.string({
      unit: fc.constantFrom(...LETTERS.filter((letter) => /\p{L}/u.test(letter))),
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = words.join(' , ');
        const inText = terms(tag, text);
        for (const word of words) {
          expect(inText).toEqual(expect.arrayContaining(terms(tag, word)));
          expect(
            analyserOf(tag)
              .analyseQuery(`${word} `)
              .terms.every((term) => inText.includes(term)),
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds English and identifiers in the middle of it', () => {
    for (const word of ['npm', 'package.json', 'C++', 'sha-256'])
      expect(terms(tag, `${word} `)).toEqual(expect.arrayContaining(terms(tag, word.toLowerCase())));
  });
});

describe('words of the same meaning', () => {
  it.each([
    ['de', 'Häuser', 'Haus'],
    ['de', 'Häuser', 'hauser'],
    ['de', 'Größe', 'groesse'],
    ['de', 'Installationen', 'installation'],
    ['de', 'Pakete', 'Paketen'],
    ['de', 'neue Steuern', 'neue Steuer'],
    ['fr', 'installations', 'installation'],
    ['fr', 'l’installation', 'installation'],
    ['fr', "L'installation", 'installation'],
    ['fr', "jusqu'aux paquets", 'paquet'],
    ['fr', 'dépendances', 'dependance'],
    ['es', 'instalaciones', 'instalación'],
    ['es', 'instalaciones', 'instalacion'],
    ['es', 'categoría', 'categoria'],
    ['pt', 'instalações', 'instalação'],
    ['pt', 'instalações', 'instalacao'],
    ['it', 'pacchetti', 'pacchetto'],
    ['it', "dell'utente", 'utenti'],
    ['it', 'nell’installazione', 'installazioni'],
    ['nl', 'pakketten', 'pakket'],
    ['sv', 'färger', 'farg'],
    ['da', 'pakkerne', 'pakke'],
    ['da', 'på Ærø', 'pa aero'],
    ['nb', 'pakken', 'pakker'],
    ['fi', 'taloissa', 'talo'],
    ['fi', 'paketit', 'paketin'],
    ['hu', 'csomagok', 'csomag'],
    ['ro', 'pachetele', 'pachet'],
    ['lt', 'paketai', 'paketas'],
    ['tr', 'dosyaları', 'dosya'],
    ['tr', 'INSTALL', 'install'],
    ['tr', 'İSTANBUL', 'istanbul'],
    ['ru', 'пакетов', 'пакет'],
    ['ru', 'ёлки', 'елка'],
    ['ru', 'packages', 'package'],
    ['uk', 'пакетів', 'пакет'],
    ['bg', 'книгата', 'книги'],
    ['sr', 'инсталације', 'instalacija'],
    ['el', 'ΑΡΧΕΊΑ', 'αρχειο'],
    ['el', 'λόγος', 'λόγοι'],
    ['ar', 'المستخدمين', 'مستخدم'],
    ['ar', 'الْكِتَاب', 'كتاب'],
    ['he', 'שָׁלוֹם', 'שלום'],
    ['fa', 'كتاب', 'کتاب'],
    ['hi', 'किताबों', 'किताब'],
    ['hi', 'ज़रूर', 'जरूर'],
    ['ne', 'किताबहरू', 'किताब'],
    ['ta', 'புத்தகங்கள்', 'புத்தகம்'],
    ['hy', 'փաթեթներ', 'փաթեթ'],
    ['id', 'paketnya', 'paket'],
    ['ko', '설치를', '설치'],
    ['ja', 'packages', 'package'],
    ['cs', 'příkaz', 'prikaz'],
    ['vi', 'cài đặt', 'cai dat'],
    ['pl', 'łącze', 'lacze'],
  ])('meet in %s: %s and %s', async (tag, text, query) => {
    // Not by a guess at a word that nobody wrote, but by their terms.
    expect(terms(tag, text)).toEqual(expect.arrayContaining(terms(tag, query)));
    expect(await found(tag, ['1', text], `${query} `)).toEqual([1]);
    expect(await found(tag, ['1', query], `${text} `)).toEqual([1]);
  });

  it.each([
    ['fr', "l'instal", "L'installation du paquet"],
    ['it', "dell'ut", 'dell’utente'],
    ['de', 'groes', 'Größen'],
    ['tr', 'KAP', 'kapılar'],
  ])('are found in %s by "%s", which is unfinished', async (tag, query, text) => {
    expect(await found(tag, ['1', text], query)).toEqual([1]);
  });
});

describe('stop words', () => {
  it.each([
    ['de', 'Wie kann ich das für die Pakete', 'Pakete'],
    ['fr', 'où étions mêmes qu’elle l’été du paquet', 'mêmes paquet'],
    ['es', '¿cómo puedo más con él', ''],
    ['it', 'perché è più della', ''],
    ['ru', 'как ты его ещё она', ''],
  ])('of %s are left out, with their accents and without', (tag, text, left) => {
    const plain = text.normalize('NFD').replace(/[\u0300-\u0305\u0307-\u036f]/g, '');
    expect(terms(tag, text)).toEqual(terms(tag, left));
    expect(terms(tag, plain)).toEqual(terms(tag, text));
  });

  it.each([
    ['de', 'nicht ohne gegen'],
    ['fr', 'pas sans'],
    ['es', 'no sin antes después'],
    ['it', 'non contro'],
    ['nl', 'niet zonder'],
    ['ru', 'не без после'],
    ['sv', 'inte utan'],
    ['es', 'C R'],
    ['fr', 'C D'],
  ])('of %s are not those that change what is asked: %s', (tag, text) => {
    expect(terms(tag, text)).toHaveLength(text.split(' ').length);
  });
});
