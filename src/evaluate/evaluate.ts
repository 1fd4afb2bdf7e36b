import { SearchError } from '../engine/errors.js';
import { missingParts, preload, type SearchIndex } from '../engine/open-index.js';
import { MOST_CANDIDATES } from '../engine/rerank/reading.js';
import { type Labels, pageLabels, pageOf, type Query, withoutQuery } from './collection.js';
import { documentId } from './document-id.js';
import type { Evaluation } from './evaluation.js';
import { figuresOf, type Judged } from './figures.js';
import { machine } from './machine.js';
import { measure } from './measures.js';
import { rememberDocuments } from './remember-documents.js';
import { type QueryRankings, rankStages, type StageName, type StageRanking, STAGES } from './rank-stages.js';

export interface EvaluateOptions {
  /** What the collection is called in the result. */
  collection: string;
  /** Stages to evaluate. Default: all that the index can run. */
  stages?: readonly StageName[] | undefined;
  /** How many passages the cross-encoder reads; more find more, and take longer. Default: as many as a search reads. */
  candidates?: number | undefined;
  /** `page`: documents and labels count as the page before their `#`, ranked by its best section. Default: as they are. */
  group?: 'page' | undefined;
  /** Only the first so many queries. Default: all. */
  limit?: number | undefined;
  /** Called before each query. */
  onProgress?: (done: number, total: number) => void;
  /** Called with what each query's stages found. */
  onRankings?: (query: Query, rankings: QueryRankings) => void;
}

/**
 * Answers labelled queries with the engine and measures each stage.
 * @throws SearchError `bad-option` when no query has a label, or none of the labels names a document of the index, or a
 * stage that was asked for cannot run
 */
export async function evaluate(
  given: SearchIndex,
  queries: readonly Query[],
  givenLabels: Labels,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { group, candidates = MOST_CANDIDATES } = options;
  const labels = group === 'page' ? pageLabels(givenLabels) : givenLabels;
  const remote = given.manifest.remote !== undefined;
  const { index, documentOf } = remote
    ? rememberDocuments(given, group)
    : { index: given, documentOf: await documentsOf(given, group) };
  const labelled = queries.filter(({ id }) => labels.has(id)).slice(0, options.limit);
  const unknownLabels = remote ? 0 : checkLabels(labelled, labels, new Set(documentOf), group);
  const failures = await failuresOf(index);
  const { stages, missing } = runnableStages(failures, options.stages);

  const last = STAGES.findLast((stage) => stages.includes(stage))!;
  const run = (text: string): Promise<QueryRankings> =>
    rankStages(index, text, documentOf, { candidates, last });
  // The first run of a model takes longer than any other.
  await run(labelled[0]!.text);
  const judged: Judged[] = [];
  for (const query of labelled) {
    options.onProgress?.(judged.length, labelled.length);
    const relevant = labels.get(query.id)!;
    const rankings = countedRankings(await run(query.text), query, relevant);
    options.onRankings?.(query, rankings);
    judged.push(judge(query, relevant, rankings, stages));
  }
  options.onProgress?.(labelled.length, labelled.length);
  // Also a stage that was not asked for: a later one may rest on it.
  const after = await failuresOf(index);
  const broken = STAGES.find((stage) => after[stage] !== undefined && failures[stage] === undefined);
  if (broken) throw new SearchError('bad-option', `The stage ${broken} broke off: ${after[broken]}`);

  // What a remote engine has is not known; but labels of which it found none are of another collection, or misspelt.
  if (remote) checkLabels(labelled, labels, new Set(documentOf), group);
  const { embedder, reranker, counts } = index.manifest;
  return {
    collection: options.collection,
    queries: judged.length,
    documents: new Set(documentOf).size,
    passages: remote ? new Set(documentOf).size : counts.passages,
    ...(group && { group }),
    candidates,
    ...(embedder && { embedder: embedder.name }),
    ...(reranker && { reranker: reranker.name }),
    ...figuresOf(judged, stages),
    missing,
    unknownLabels,
    machine: machine(),
  };
}

/** The document of each passage, by the passage's number. */
export async function documentsOf(index: SearchIndex, group: 'page' | undefined): Promise<string[]> {
  const ids = Array.from({ length: index.manifest.counts.passages }, (_, id) => id);
  const { passages, failures } = await index.retriever.passages.get(ids);
  if (failures[0]) throw failures[0];
  return ids.map((id) => {
    const document = documentId(passages.get(id)!);
    return group === 'page' ? pageOf(document) : document;
  });
}

/** How many labels name no document of the index. */
function checkLabels(
  labelled: readonly Query[],
  labels: Labels,
  documents: ReadonlySet<string>,
  group: 'page' | undefined,
): number {
  if (labelled.length === 0)
    throw new SearchError('bad-option', 'No query has a label with a score above 0: do the ids match?');
  const named = labelled.flatMap(({ id }) => [...labels.get(id)!.keys()]);
  const unknown = named.filter((document) => !documents.has(document));
  if (unknown.length === named.length) {
    const pages = [...documents].some((document) => unknown.includes(pageOf(document)));
    throw new SearchError(
      'bad-option',
      `None of the labels names a document of the collection. The labels name documents such as "${named[0]}", the ` +
        `collection has such as "${[...documents][0]}"` +
        (pages && !group ? '; with --group page, labels may name pages.' : '.'),
    );
  }
  return unknown.length;
}

/** Why a stage cannot run, where it cannot. Opens what the stages need. */
async function failuresOf(index: SearchIndex): Promise<Record<StageName, string | undefined>> {
  await preload(index);
  const reasons = new Map(missingParts(index).map(({ part, reason }) => [part, reason]));
  const { remote, embedder } = index.manifest;
  if (remote !== undefined) {
    const other = `The search engine gives one list, ${embedder ? 'with vectors in it' : 'by words'}.`;
    const failed = embedder && reasons.get('vector');
    return {
      keyword: embedder ? other : undefined,
      vector: other,
      hybrid: embedder ? failed : other,
      reranked: reasons.get('rerank'),
    };
  }
  return {
    keyword: reasons.get('keyword'),
    vector: reasons.get('vector'),
    hybrid: reasons.get('keyword') ?? reasons.get('vector'),
    reranked: reasons.get('rerank'),
  };
}

/** The stages that can run, of those asked for. */
function runnableStages(
  failures: Record<StageName, string | undefined>,
  asked: readonly StageName[] | undefined,
): { stages: StageName[]; missing: Evaluation['missing'] } {
  const missing = STAGES.flatMap((stage) =>
    (asked ?? STAGES).includes(stage) && failures[stage] !== undefined
      ? [{ stage, reason: failures[stage] }]
      : [],
  );
  if (asked && missing[0])
    throw new SearchError('bad-option', `The stage ${missing[0].stage} cannot run: ${missing[0].reason}`);
  return { stages: STAGES.filter((stage) => (asked ?? STAGES).includes(stage) && !failures[stage]), missing };
}

/** The rankings as they count for a query. */
function countedRankings(
  { stages, depths }: QueryRankings,
  { id }: Query,
  relevant: ReadonlyMap<string, number>,
): QueryRankings {
  const counted = <Ranking extends StageRanking>(ranking: Ranking): Ranking => ({
    ...ranking,
    documents: withoutQuery(ranking.documents, id, relevant),
  });
  return {
    stages: Object.fromEntries(Object.entries(stages).map(([stage, ranking]) => [stage, counted(ranking)])),
    depths: depths.map(counted),
  };
}

function judge(
  query: Query,
  relevant: ReadonlyMap<string, number>,
  rankings: QueryRankings,
  stages: readonly StageName[],
): Judged {
  const measures: Judged['measures'] = {};
  for (const stage of stages) measures[stage] = measure(rankings.stages[stage]?.documents ?? [], relevant);
  return { query, relevant, rankings, measures };
}
