import { join } from 'node:path';
import { HEADING_JOINT } from '../../src/engine/index-file/manifest.js';
import { passageText } from '../../src/engine/passage-text.js';
import { readQueries } from '../../src/evaluate/beir.js';
import { DEFAULT_EMBEDDER } from '../../src/indexer/find-model.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { passagesOf } from '../../src/indexer/passages-of.js';
import { prepareEmbedder } from '../../src/indexer/prepare-models.js';
import { readSite } from '../../src/indexer/read-site.js';
import { percentile } from '../../src/evaluate/measures.js';
import { spread } from '../spread.js';

const PASSAGES = 20;
const QUERIES = 5;
/** Passages of about the length that the indexer aims at. */
const SHORTEST = 96;
const LONGEST = 128;

export interface Reading {
  queries: string[];
  passages: string[];
  /** The median pair's tokens. */
  tokens: number;
}

/** Full-length passages from all over npm's docs, and real questions. */
export async function readPassages(): Promise<Reading> {
  const { pages } = await readSite(join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output'), {
    include: ['**/*.html'],
    exclude: [],
    maxPageBytes: 10e6,
  });
  const { embedder, dispose } = await prepareEmbedder(DEFAULT_EMBEDDER);
  const { count } = embedder.tokenizer;
  const texts = passagesOf(pages, { maxTokens: LONGEST - 2, count, language: 'en' })
    .map((passage) => passageText(passage, HEADING_JOINT))
    .filter((text) => count(text) >= SHORTEST && count(text) <= LONGEST);
  const all = await readQueries(join(PACKAGE_ROOT, 'bench', 'tldr-npm', 'queries.jsonl'));
  const queries = spread(all, QUERIES).map(({ text }) => text);
  const passages = spread(texts, PASSAGES);
  const lengths = queries.flatMap((query) => passages.map((passage) => count(query) + count(passage) + 3));
  await dispose();
  return { queries, passages, tokens: percentile(lengths, 0.5) };
}
