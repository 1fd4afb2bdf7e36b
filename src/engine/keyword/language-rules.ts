import type { LanguageRules } from './analyse.js';
import type { Language } from './language.js';

/** By the first part of a BCP 47 tag. A browser loads its own language's file alone. */
const LANGUAGES: Partial<Record<string, () => Promise<Language>>> = {
  ar: async () => (await import('./languages/arabic.js')).arabic,
  bg: async () => (await import('./languages/bulgarian.js')).bulgarian,
  da: async () => (await import('./languages/danish.js')).danish,
  de: async () => (await import('./languages/german.js')).german,
  el: async () => (await import('./languages/greek.js')).greek,
  es: async () => (await import('./languages/spanish.js')).spanish,
  fi: async () => (await import('./languages/finnish.js')).finnish,
  fr: async () => (await import('./languages/french.js')).french,
  ga: async () => (await import('./languages/irish.js')).irish,
  hi: async () => (await import('./languages/indian.js')).indian,
  hu: async () => (await import('./languages/hungarian.js')).hungarian,
  hy: async () => (await import('./languages/armenian.js')).armenian,
  id: async () => (await import('./languages/indonesian.js')).indonesian,
  it: async () => (await import('./languages/italian.js')).italian,
  lt: async () => (await import('./languages/lithuanian.js')).lithuanian,
  nb: async () => (await import('./languages/norwegian.js')).norwegian,
  ne: async () => (await import('./languages/nepali.js')).nepali,
  nl: async () => (await import('./languages/dutch.js')).dutch,
  nn: async () => (await import('./languages/norwegian.js')).norwegian,
  no: async () => (await import('./languages/norwegian.js')).norwegian,
  pt: async () => (await import('./languages/portuguese.js')).portuguese,
  ro: async () => (await import('./languages/romanian.js')).romanian,
  ru: async () => (await import('./languages/russian.js')).russian,
  sr: async () => (await import('./languages/serbian.js')).serbian,
  sv: async () => (await import('./languages/swedish.js')).swedish,
  ta: async () => (await import('./languages/tamil.js')).tamil,
  tr: async () => (await import('./languages/turkish.js')).turkish,
  uk: async () => (await import('./languages/ukrainian.js')).ukrainian,
};

/** Words are not stemmed, and none is left out. */
const UNKNOWN: Language = { stem: (word) => word, stopWords: [] };

/** Letters of the Latin alphabet that no accent is taken from, and Arabic ones that keyboards write in two ways. */
const PLAIN: Partial<Record<string, string>> = {
  ...{ ß: 'ss', ı: 'i', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', þ: 'th', ð: 'd', ς: 'σ' },
  ...{ ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك' },
};
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
/** Accents, the points of Hebrew and Arabic, and the dot below of Hindi, all of which many leave out as they type. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c]/gu;

/**
 * The rules of any language but English. A word is stemmed as it is written and loses its accents after that: stemmers
 * know endings by them. So "ä" and "å" find "a" even where they are letters of their own, for not every keyboard has
 * them.
 * @param tag BCP 47
 * @param stemEnglish stems a folded English word: those are found in the texts of other alphabets too
 */
export async function languageRules(
  tag: string,
  stemEnglish: (word: string) => string,
): Promise<LanguageRules> {
  const base = tag.split('-')[0]!.toLowerCase();
  const { stem, stopWords, kept = '', elided, respell } = (await LANGUAGES[base]?.()) ?? UNKNOWN;
  const keptWords = new Set(kept.split(' '));
  const withEnglish = mixesEnglish(tag);
  const fold = (word: string): string => plain(spelt(word));
  return {
    fold,
    stem(folded, word) {
      if (withEnglish && /^[a-z]+$/.test(folded)) return stemEnglish(folded);
      const bare = spelt(word).replace(/['’]/g, '');
      return (/^[\p{L}\p{M}]+$/u.test(bare) && plain(stem(bare))) || folded;
    },
    // A single consonant is what an elision leaves, which is taken off already, or a name such as C or R.
    stopWords: new Set(
      stopWords.filter((word) => !keptWords.has(word) && !/^[b-df-hj-np-tv-xz]$/.test(word)).map(fold),
    ),
  };

  function spelt(word: string): string {
    const bare = lowerCase(word.normalize('NFC'), base).replace(elided ?? /^$/, '');
    return respell ? respell(bare) : bare;
  }
}

function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(NOT_PLAIN, (letter) => PLAIN[letter]!);
}

/** A capital I is a dotless one in Turkish and its neighbours. */
function lowerCase(word: string, base: string): string {
  return /^(tr|az)$/.test(base) ? word.toLocaleLowerCase(base) : word.toLowerCase();
}

/** Whether Latin words among others are English rather than the language's own; Serbian has both alphabets. */
function mixesEnglish(tag: string): boolean {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return script !== undefined && script !== 'Latn' && language !== 'sr';
  } catch {
    return false;
  }
}
