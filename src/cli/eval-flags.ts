import { join } from 'node:path';
import type { SecondLookConfig } from './config/define-config.js';
import { indexOf } from './config/index-of.js';
import type { CollectionFlags } from './eval-collection.js';
import { defined } from './flags.js';

/** The flags of `second-look eval`, as cac has them. */
export interface EvalFlags extends CollectionFlags {
  config?: string;
  stages?: string | string[];
  candidates?: unknown;
  group?: string;
  limit?: unknown;
  rerankWeight?: unknown;
  html?: string;
  run?: string;
  json?: boolean;
}

/**
 * What is to be evaluated and how: by the flags, and where they say nothing by the config file. An index that is named
 * takes the place of the file's collection, and the other way round.
 */
export function evalOptions(
  named: string | undefined,
  flags: EvalFlags,
  config: SecondLookConfig,
): { index: string | undefined; flags: EvalFlags } {
  const { split = 'test', stages, candidates, group, beir } = config.eval ?? {};
  const collection = flags.beir ?? (named === undefined ? beir : undefined);
  const shared = { split, stages: stages?.join(), candidates, group, rerankWeight: config.rerankWeight };
  const given = { ...defined(shared), ...flags };
  return collection === undefined
    ? {
        index: named ?? indexOf(config),
        flags: { ...labelsOf(String(given.split), config), ...given },
      }
    : {
        index: named,
        flags: { ...ofCollection(config), ...given, beir: collection },
      };
}

/** What `second-look label` wrote. */
function labelsOf(split: string, { labels }: SecondLookConfig): Partial<CollectionFlags> {
  if (labels === undefined) return {};
  return { queries: join(labels, 'queries.jsonl'), qrels: join(labels, 'qrels', `${split}.tsv`) };
}

/** A collection is indexed as the site is, but for the language, in which it need not be. */
function ofCollection({ embedder, reranker, passageTokens }: SecondLookConfig): Partial<CollectionFlags> {
  return defined({ embedder, reranker, passageTokens });
}
