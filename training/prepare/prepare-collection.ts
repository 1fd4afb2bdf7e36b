import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchIndex } from '../../src/engine/open-index.js';
import type { Passage } from '../../src/engine/index-file/passage-file.js';
import type { Analyser } from '../../src/engine/keyword/analyse.js';
import { openTokenizer, type TextTokenizer } from '../../src/engine/model/tokenizer.js';
import { contextOf, passageText } from '../../src/engine/passage-text.js';
import { documentId } from '../../src/evaluate/document-id.js';
import { pageOf } from '../../src/evaluate/collection.js';
import { random } from '../../src/evaluate/random.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { chooseQueries } from './choose-queries.js';
import type { TrainingCollection } from './collections.js';
import { labelLinks, labelQuestions } from './label-passages.js';
import { type Lists, mineLists } from './mine-lists.js';
import { KINDS, queriesOfPassages } from './queries.js';
import { openIndex } from './open-index.js';
import { wordArrays, wordsOf } from './words-of.js';
import { writtenQueries } from './written-queries.js';
import { type Arrays, joinRows, writeArrays, writeJsonLines } from './write-arrays.js';

/** Between headings, as this project's rerankers are trained. */
const HEADING_JOINT = ' › ';
/** What the reranker reads at most, without special tokens. */
const PASSAGE_TOKENS = 160 - 3;
const QUERY_TOKENS = 48;
/** Development lists are long, so that what the reranker does not read is ranked too. */
const DEV_DEPTH = 100;

export interface PrepareOptions {
  work: string;
  /** How many queries to keep. */
  queries: number;
  /** Candidates of a list. */
  depth: number;
  say: (message: string) => void;
}

/** A query with what counts as relevant: numbers of documents, and grades. */
interface Asked {
  text: string;
  kind: number;
  relevant: ReadonlyMap<number, number>;
}

/**
 * Indexes a collection as the product does, makes queries, and writes for each the candidates that the product's first
 * look finds: what the reranker would be given to read.
 */
export async function prepareCollection(
  collection: TrainingCollection,
  { work, queries: most, depth: asked, say }: PrepareOptions,
): Promise<void> {
  const folder = join(work, 'collections', collection.name);
  if (existsSync(join(folder, 'meta.json'))) {
    say(`${collection.name} is there already`);
    return;
  }
  const index = await openIndex(await indexCollection(collection, { work, say }));
  const passages = await allPassages(index);
  const { documents, queries } = collection.trains
    ? await trainingQueries(collection, passages, most)
    : await developmentQueries(collection, passages);
  const depth = collection.trains ? asked : DEV_DEPTH;
  const relevant = queries.map((query) => query.relevant);
  const lists = await mineLists(index, queries, depth, collection.trains ? relevant : undefined, (done) =>
    say(`${collection.name}: ${done} of ${queries.length} queries`),
  );
  const tokenizer = await bertTokenizer();
  await mkdir(folder, { recursive: true });
  await writeJsonLines(
    join(folder, 'passages.jsonl'),
    passages.map((passage) => ({ text: passageText(passage, HEADING_JOINT) })),
  );
  await writeJsonLines(
    join(folder, 'queries.jsonl'),
    queries.map(({ text, kind }) => ({ text, kind: KINDS[kind] })),
  );
  await writeArrays(
    folder,
    { ...arraysOf(passages, documents, queries, tokenizer, index.analyser), ...listArrays(lists) },
    { name: collection.name, passages: passages.length, queries: queries.length, depth, kinds: KINDS },
  );
  say(`${collection.name}: ${passages.length} passages, ${queries.length} queries`);
}

/** Builds a collection's index where there is none, and says where it is. */
export async function indexCollection(
  collection: TrainingCollection,
  { work, say }: Pick<PrepareOptions, 'work' | 'say'>,
): Promise<string> {
  const indexed = join(work, 'indexes', collection.name);
  if (!existsSync(join(indexed, 'manifest.json'))) {
    say(`${collection.name}: indexing`);
    await collection.index(indexed);
  }
  return indexed;
}

/** All passages of an index, by their numbers. */
export async function allPassages(index: SearchIndex): Promise<Passage[]> {
  const ids = Array.from({ length: index.manifest.counts.passages }, (_, id) => id);
  const { passages, failures } = await index.retriever.passages.get(ids);
  if (failures[0]) throw failures[0];
  return ids.map((id) => passages.get(id)!);
}

/** Each passage is a document of its own; `queries` holds what is known and what can be made of the passages. */
async function trainingQueries(
  { name, links, questions }: TrainingCollection,
  passages: readonly Passage[],
  most: number,
): Promise<{ documents: number[]; queries: Asked[] }> {
  const { queries, labels } = await questions();
  const found = await links();
  const all = [
    ...labelQuestions(passages, queries, labels, found?.ids),
    ...(found ? labelLinks(passages, found) : []),
    ...queriesOfPassages(passages, random(1)),
  ];
  const chosen = [...(await writtenQueries(name, passages)), ...chooseQueries(all, most, random(2))];
  return {
    documents: passages.map(({ id }) => id),
    queries: chosen.map((query) => ({ ...query, kind: KINDS.indexOf(query.kind) })),
  };
}

async function developmentQueries(
  { name, questions, byPage }: TrainingCollection,
  passages: readonly Passage[],
): Promise<{ documents: number[]; queries: Asked[] }> {
  const names = passages.map((passage) => (byPage ? pageOf(documentId(passage)) : documentId(passage)));
  const numbers = new Map([...new Set(names)].map((name, at) => [name, at]));
  const { queries, labels } = await questions();
  // Labels of documents that the index lacks still count in the ideal ranking.
  const numberOf = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  };
  const documents = names.map(numberOf);
  const labelled = queries
    .filter(({ id }) => labels.has(id))
    .map(({ id, text }) => ({
      text,
      kind: KINDS.indexOf('question'),
      relevant: new Map([...labels.get(id)!].map(([name, grade]) => [numberOf(name), grade])),
    }));
  const written = (await writtenQueries(name, passages)).map(({ text, relevant }) => ({
    text,
    kind: KINDS.indexOf('written'),
    // A section is as good as its best passage.
    relevant: new Map(
      [...relevant].sort(([, a], [, b]) => a - b).map(([passage, grade]) => [documents[passage]!, grade]),
    ),
  }));
  return { documents, queries: [...labelled, ...written] };
}

function arraysOf(
  passages: readonly Passage[],
  documents: readonly number[],
  queries: readonly Asked[],
  tokenizer: TextTokenizer,
  analyser: Analyser,
): Arrays {
  const rows = passages.map((passage) =>
    tokenizer.ids(passageText(passage, HEADING_JOINT)).slice(0, PASSAGE_TOKENS),
  );
  const read = joinRows(rows);
  const contexts = passages.map(({ page, section }) => {
    const context = contextOf(page.title, section.trail, HEADING_JOINT);
    return context === '' ? 0 : tokenizer.count(`${context}. `);
  });
  const words = passages.map(({ text }, at) => ({
    ...wordsOf(text, contexts[at]!, rows[at]!.length, tokenizer, analyser),
    text,
  }));
  const typed = joinRows(queries.map(({ text }) => tokenizer.ids(text).slice(0, QUERY_TOKENS)));
  const relevant = joinRows(queries.map((query) => [...query.relevant.keys()]));
  return {
    'passages.tokens.u16': Uint16Array.from(read.values),
    'passages.ends.u32': read.ends,
    'passages.context.u16': Uint16Array.from(contexts),
    ...wordArrays(
      words,
      queries.map(({ text }) => text),
      analyser,
    ),
    'passages.section.u32': Uint32Array.from(sectionNumbers(passages)),
    'passages.document.u32': Uint32Array.from(documents),
    'queries.tokens.u16': Uint16Array.from(typed.values),
    'queries.ends.u32': typed.ends,
    'queries.kind.u8': Uint8Array.from(queries, ({ kind }) => kind),
    'relevant.document.u32': Uint32Array.from(relevant.values),
    'relevant.ends.u32': relevant.ends,
    'relevant.grade.u8': Uint8Array.from(queries.flatMap((query) => [...query.relevant.values()])),
  };
}

function listArrays({ passages, first, keyword, cosine, exact }: Lists): Arrays {
  return {
    'lists.passage.u32': passages,
    'lists.first.f32': first,
    'lists.keyword.f32': keyword,
    'lists.cosine.f32': cosine,
    'lists.exact.u8': exact,
  };
}

function sectionNumbers(passages: readonly Passage[]): number[] {
  let number = -1;
  return passages.map(({ section }, at) => (passages[at - 1]?.section === section ? number : ++number));
}

export async function bertTokenizer(): Promise<TextTokenizer> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(PACKAGE_ROOT, 'training', name), 'utf8')) as unknown;
  return openTokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'), 'BERT');
}
