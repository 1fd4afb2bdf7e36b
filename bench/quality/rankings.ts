import type { Browser } from '@playwright/test';
import type { Query } from '../../src/evaluate/collection.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { openForEvaluation } from '../../src/evaluate/open-for-evaluation.js';
import { type StageName, STAGES } from '../../src/evaluate/rank-stages.js';
import { join } from 'node:path';
import type { Peer } from '../peers/peer.js';
import { openPagefind, STARLIGHT_RANKING } from '../peers/pagefind.js';
import type { Collection } from './collection.js';

/** What one system answered: documents, best first, by the query's id. */
export interface Rankings {
  system: string;
  ours: boolean;
  note?: string;
  documents: Map<string, string[]>;
}

/** So many documents are measured, and ranked by so many sections at most: peers may use more than second-look does. */
const DEPTH = 100;
const SECTIONS = 1000;

export async function rankWithPeer(peer: Peer, collection: Collection): Promise<Rankings> {
  const index = await peer.build(collection.sections);
  const documents = new Map<string, string[]>();
  for (const { id, text } of collection.queries) {
    const sections = await index.search(text, SECTIONS);
    documents.set(id, [...new Set(sections.map(collection.documentOf))].slice(0, DEPTH));
  }
  return { system: peer.name, ours: false, note: peer.note, documents };
}

/** Pagefind in the browser, with its own ranking and with Starlight's. */
export async function rankWithPagefind(
  browser: Browser,
  folder: string,
  collection: Collection,
): Promise<Rankings[]> {
  await collection.pagefind(folder);
  const settings = [
    { system: 'Pagefind', note: 'defaults; told the language and where the content is', options: {} },
    {
      system: "Pagefind, Starlight's ranking",
      note: 'termSimilarity 9, termSaturation 2, pageLength .1, termFrequency .1',
      options: { ranking: STARLIGHT_RANKING },
    },
  ];
  const all: Rankings[] = [];
  for (const { system, note, options } of settings) {
    const pagefind = await openPagefind(browser, folder, options);
    const found = await pagefind.search(
      collection.queries.map(({ text }) => text),
      DEPTH,
    );
    await pagefind.close();
    const documents = new Map(
      collection.queries.map(({ id }, at) => [id, found[at]!.map(collection.documentOfPage)]),
    );
    all.push({ system, ours: false, note, documents });
  }
  return all;
}

/** Each stage of second-look, by the engine that a page runs. */
export async function rankWithSecondLook(
  collection: Collection,
  onProgress: (done: number, total: number) => void,
): Promise<Rankings[]> {
  const folder = join(await collection.secondLook(), 'index');
  const index = await openForEvaluation(folder, { models: true });
  const stages = new Map<StageName, Map<string, string[]>>(STAGES.map((stage) => [stage, new Map()]));
  const keep = ({ id }: Query, stage: StageName, documents: readonly string[] = []): void =>
    void stages.get(stage)!.set(id, documents.slice(0, DEPTH));
  const evaluation = await evaluate(index, collection.queries, collection.labels, {
    collection: collection.name,
    group: collection.group,
    onProgress,
    onRankings: (query, rankings) =>
      STAGES.forEach((stage) => keep(query, stage, rankings.stages[stage]?.documents)),
  });
  const notes: Record<StageName, string> = {
    keyword: 'BM25F over passages',
    vector: evaluation.embedder ?? '',
    hybrid: 'the two fused',
    reranked: `the ${evaluation.candidates} best passages read by ${evaluation.reranker ?? ''}`,
  };
  return STAGES.filter((stage) => evaluation.stages[stage]).map((stage) => ({
    system: `second-look: ${stage}`,
    ours: true,
    note: notes[stage],
    documents: stages.get(stage)!,
  }));
}
