import { dirname, resolve } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import * as v from 'valibot';
import { SearchError } from '../../engine/errors.js';
import { STAGES } from '../../evaluate/rank-stages.js';
import { VECTOR_CHOICES } from '../../indexer/choose-vectors.js';
import { MARKDOWN_URLS } from '../../indexer/sources/parse-markdown.js';
import type { SecondLookConfig } from './define-config.js';

const text = v.optional(v.pipe(v.string('expected text'), v.nonEmpty('expected some text')));
const texts = v.optional(v.array(v.string('expected text'), 'expected a list of texts'));
const number = v.optional(v.number('expected a number'));
const whole = (least: number, most: number): v.GenericSchema<number | undefined> => {
  const expected = `expected a whole number from ${least} to ${most}`;
  return v.optional(
    v.pipe(v.number(expected), v.integer(expected), v.minValue(least, expected), v.maxValue(most, expected)),
  );
};
const flag = v.optional(v.boolean('expected true or false'));
const one = <const Choice extends string>(choices: readonly Choice[]): v.GenericSchema<Choice | undefined> =>
  v.optional(v.picklist(choices, `expected one of ${choices.join(', ')}`));
const someStages = `expected a list of some of ${STAGES.join(', ')}`;
const stages = v.optional(
  v.pipe(v.array(v.picklist(STAGES, someStages), someStages), v.nonEmpty(someStages)),
);

const schema = v.strictObject(
  {
    ...{ site: text, glob: texts, exclude: texts, sitemap: text, maxPages: number, maxPageBytes: number },
    ...{ rootSelector: text, excludeSelectors: texts, markdownUrls: one(MARKDOWN_URLS), language: text },
    ...{ out: text, siteUrl: text, script: flag, synonyms: text },
    ...{ embedder: text, reranker: text, rerankWeight: number, passageTokens: number },
    cache: v.optional(v.union([v.string(), v.literal(false)], 'expected a folder, or false')),
    vectors: one(VECTOR_CHOICES),
    hnsw: v.optional(v.strictObject({ m: number, efConstruction: number, ef: number }, 'expected { m, … }')),
    labels: text,
    eval: v.optional(
      v.strictObject(
        { beir: text, split: text, stages, candidates: whole(1, 200), group: one(['page']) },
        'expected { beir, split, stages, candidates, group }',
      ),
    ),
    remote: v.optional(v.strictObject({ file: text }, 'expected { file }')),
    serve: v.optional(
      v.strictObject(
        { port: whole(1, 65_535), host: text, isolate: flag },
        'expected { port, host, isolate }',
      ),
    ),
    doctor: v.optional(v.strictObject({ url: text }, 'expected { url }')),
  },
  'expected an object of options',
);

type Issue = v.InferIssue<typeof schema>;

/**
 * Checks what a config file says, and makes its paths absolute.
 * @throws SearchError `bad-option` that names the file and the key, and the key that may have been meant
 */
export function readConfig(value: unknown, file: string): SecondLookConfig {
  // A list would pass for an object without keys.
  const read = v.safeParse(schema, Array.isArray(value) ? undefined : value);
  if (read.success) return withPaths(read.output, dirname(file));
  const [issue] = read.issues;
  throw new SearchError('bad-option', `${file}: ${unknownKey(issue) ?? wrongValue(issue)}`);
}

function wrongValue(issue: Issue): string {
  const key = v.getDotPath(issue);
  return `${key === null ? '' : `${key} is ${JSON.stringify(issue.input)}; `}${issue.message}.`;
}

/** Another key than those known, where that is what is wrong. */
function unknownKey(issue: Issue): string | undefined {
  if (issue.type !== 'strict_object' || issue.expected !== 'never') return undefined;
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const key = path.at(-1) ?? '';
  const known = keysAt(path.slice(0, -1));
  const meant = closest(key, known);
  const isNear = distance(key.toLowerCase(), meant.toLowerCase()) <= Math.max(2, key.length / 3);
  return (
    `there is no option "${path.join('.')}"; ` +
    (isNear
      ? `did you mean "${[...path.slice(0, -1), meant].join('.')}"?`
      : `expected some of ${known.join(', ')}.`)
  );
}

function keysAt(path: readonly string[]): string[] {
  const inner = path[0] as 'hnsw' | 'eval' | 'remote' | 'serve' | 'doctor' | undefined;
  return Object.keys(inner ? schema.entries[inner].wrapped.entries : schema.entries);
}

function withPaths(config: SecondLookConfig, folder: string): SecondLookConfig {
  const path = (name: string): string => resolve(folder, name);
  /** A model is a folder only where it begins like one. */
  const model = (name: string): string => (/^\.{1,2}[\\/]/.test(name) ? path(name) : name);
  return {
    ...config,
    ...(config.site !== undefined && { site: path(config.site) }),
    ...(config.out !== undefined && { out: path(config.out) }),
    ...(config.synonyms !== undefined && { synonyms: path(config.synonyms) }),
    ...(config.cache && { cache: path(config.cache) }),
    ...(config.labels !== undefined && { labels: path(config.labels) }),
    ...(config.eval?.beir !== undefined && { eval: { ...config.eval, beir: path(config.eval.beir) } }),
    ...(config.remote?.file !== undefined && { remote: { file: path(config.remote.file) } }),
    ...(config.embedder !== undefined && { embedder: model(config.embedder) }),
    ...(config.reranker !== undefined && { reranker: model(config.reranker) }),
  };
}
