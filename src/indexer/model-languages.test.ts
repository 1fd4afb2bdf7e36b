import { expect, it } from 'vitest';
import { knownLanguages, reads } from './model-languages.js';

it.each([
  ['Xenova/all-MiniLM-L6-v2', 'en-GB', true],
  ['Xenova/all-MiniLM-L6-v2', 'de', false],
  ['Xenova/bge-small-en-v1.5', 'de', false],
  ['Xenova/bge-small-zh-v1.5', 'zh-Hant', true],
  ['Xenova/ms-marco-MiniLM-L-6-v2', 'fr', false],
  ['jinaai/jina-embeddings-v2-small-en', 'fr', false],
  ['Xenova/e5-small-v2', 'fr', false],
  ['Xenova/multilingual-e5-small', 'fr', true],
  ['Xenova/paraphrase-multilingual-MiniLM-L12-v2', 'fr', true],
  ['Snowflake/snowflake-arctic-embed-xs', 'fr', false],
  ['Snowflake/snowflake-arctic-embed-l-v2.0', 'fr', true],
  ['cross-encoder/mmarco-mMiniLMv2-L12-H384-v1', 'fr', true],
  ['./my-own-model', 'fr', true],
])('%s reads %s: %s', (model, language, does) => {
  expect(reads(knownLanguages(model), language)).toBe(does);
});
