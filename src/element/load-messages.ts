import { languageOf } from './language-of.js';
import { ENGLISH, type Messages } from './messages.js';

/** The languages that texts exist in beside English, each in a file that a page loads if it is in that language. */
const LANGUAGES: Readonly<Record<string, () => Promise<{ messages: Messages }>>> = {
  ar: () => import('./messages/ar.js'),
  de: () => import('./messages/de.js'),
  es: () => import('./messages/es.js'),
  fr: () => import('./messages/fr.js'),
  he: () => import('./messages/he.js'),
  it: () => import('./messages/it.js'),
  ja: () => import('./messages/ja.js'),
  ko: () => import('./messages/ko.js'),
  nl: () => import('./messages/nl.js'),
  pl: () => import('./messages/pl.js'),
  pt: () => import('./messages/pt.js'),
  ru: () => import('./messages/ru.js'),
  tr: () => import('./messages/tr.js'),
  uk: () => import('./messages/uk.js'),
  zh: () => import('./messages/zh.js'),
};

/** The texts for an element, in the language that it is in. */
export async function messagesFor(element: Element): Promise<Messages> {
  return loadMessages(languageOf(element) ?? document.documentElement.lang);
}

/**
 * The texts for a language, BCP 47: `pt-BR` has those of `pt`. English where there are none, or where they cannot be had.
 */
export async function loadMessages(language: string): Promise<Messages> {
  const load = LANGUAGES[language.toLowerCase().split('-')[0] ?? ''];
  if (!load) return ENGLISH;
  return load().then(
    ({ messages }) => messages,
    () => ENGLISH,
  );
}
