import * as v from 'valibot';
import { SearchError } from '../errors.js';
import { damagedFile } from './bytes.js';
import { vectorEntry } from '../vector/vector-entry.js';
import { count, type FileEntry, file, text } from './file-entry.js';
import { countFromOne, keyShards, keywordShards, passageShards } from './shards.js';

/** Version of the index folder's layout and of every file in it. A reader refuses any other. */
export const INDEX_FORMAT = 4;

/** Part of a file's name. */
const tag = v.pipe(text, v.regex(/^[\w-]+$/, 'expected a BCP 47 tag'));

/** Between headings unless a model was trained otherwise. */
export const HEADING_JOINT = ': ';

const model = v.object({
  /** What people call it: a hub id or a name of ours. */
  name: text,
  weights: file,
  /** What the weights are: an encoder's file, packed with gzip, that our kernels run; or ONNX, for its runtime. */
  format: v.picklist(['encoder', 'onnx']),
  tokenizer: file,
  tokenizerConfig: file,
  /** What the model is used to seeing between the title and the headings in front of a passage. */
  headingJoint: v.optional(text, HEADING_JOINT),
});

const embedder = v.object({
  ...model.entries,
  dimensions: count,
  /** How token vectors become one: their mean, or the first token's. */
  pooling: v.picklist(['mean', 'cls']),
  /** Longest input, in tokens with the special ones. */
  maxTokens: count,
  /** Put in front of every query, for models trained that way; usually empty. */
  queryPrefix: v.optional(text, ''),
  /** Put in front of every passage; usually empty. */
  passagePrefix: v.optional(text, ''),
  /** Cosine that texts have which have nothing to do with each other, 0 to 1: it counts as 0. */
  unrelated: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)), 0),
});

const reranker = v.object({
  ...model.entries,
  /** Longest query and longest pair, in tokens with the special ones. */
  maxQueryTokens: count,
  maxTokens: count,
  /** Of a longer passage, it reads so many characters: the stretch with the most different words of the query. */
  window: v.optional(countFromOne),
  /** Share of the cross-encoder in the final score, 0 to 1; the first stage has the rest. */
  weight: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Probability that a passage answers = sigmoid(scale × logit + offset). */
  calibration: v.object({ scale: v.number(), offset: v.number() }),
  /** How many times the odds of that probability count in the final score, 0 to 1 (default); less lets only a sure yes lift a passage. */
  odds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});

const manifest = v.object({
  format: v.picklist([INDEX_FORMAT]),
  /** Package and version that wrote the index. */
  generator: text,
  /** Language of the pages, a canonical BCP 47 tag. */
  language: tag,
  /** Every language that the folder has an index of, the main one first. */
  languages: v.optional(v.pipe(v.array(tag), v.maxLength(1000))),
  /** URL of the site's root, relative to the index folder or absolute; page URLs are relative to it. */
  site: text,
  counts: v.object({ pages: count, sections: count, passages: count }),
  /** How many passages each page has, in the order of the site. */
  pages: v.array(countFromOne),
  /** Empty where there is `remote`, and so are pages and passages. */
  keywords: keywordShards,
  vectors: v.optional(vectorEntry),
  /** The site's synonyms, a file apart: another one changes nothing else. */
  synonyms: v.optional(file),
  /** Passage texts, in the order of their ids. */
  passages: passageShards,
  /** What pages may be filtered and sorted by: a file for each key, read when a search asks for it. */
  filters: keyShards,
  sorts: keyShards,
  embedder: v.optional(embedder),
  reranker: v.optional(reranker),
  /** Settings of the site's own search engine, which takes the first look; `remote/settings.ts` checks them. */
  remote: v.optional(v.unknown()),
  /** ONNX Runtime's files, where a model needs them; they only work with the JavaScript of the same version. */
  runtime: v.optional(v.object({ version: text, module: file, binary: file })),
});

export type Manifest = v.InferOutput<typeof manifest>;
export type { FileEntry };
export type ModelEntry = v.InferOutput<typeof model>;
export type EmbedderEntry = v.InferOutput<typeof embedder>;
export type RerankerEntry = v.InferOutput<typeof reranker>;

/** The bytes that a visitor downloads for a model. */
export function modelBytes(model: ModelEntry): number {
  return model.weights.bytes + model.tokenizer.bytes + model.tokenizerConfig.bytes;
}

/** Reads a manifest. `where` is named in errors. */
export function parseManifest(bytes: Uint8Array, where: string): Manifest {
  const json = parseJson(bytes, where);
  const format = v.safeParse(v.object({ format: v.number() }), json);
  if (format.success && format.output.format !== INDEX_FORMAT)
    throw new SearchError(
      'wrong-format',
      `The index at ${where} has format ${format.output.format}; this version of second-look reads format ` +
        `${INDEX_FORMAT}. Build the index again with the same version as the script.`,
    );
  const read = v.safeParse(manifest, json);
  if (read.success) return withRightCounts(read.output, where);
  const issue = read.issues[0];
  throw damagedFile(
    where,
    `it is no manifest of second-look's: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
  );
}

/**
 * Passages are found by adding these up, so a wrong sum would show one page's text under another's title. Either the
 * index has keywords, or a remote engine takes their place.
 */
function withRightCounts(manifest: Manifest, where: string): Manifest {
  const { counts, pages, passages, keywords, remote } = manifest;
  const ofPages = pages.reduce((sum, number) => sum + number, 0);
  const ofFiles = passages.reduce((sum, [number]) => sum + number, 0);
  const hasOne = keywords.length > 0 !== (remote !== undefined);
  if (ofPages === counts.passages && ofFiles === counts.passages && hasOne) return manifest;
  throw damagedFile(
    where,
    `it counts ${counts.passages} passages, ${ofPages} of its pages and ${ofFiles} of its files, and names ` +
      `${keywords.length} files of keywords${remote ? ' beside a remote engine' : ''}`,
  );
}

/** Parses JSON that may be anything. */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    throw new SearchError(
      'damaged-file',
      `${where} is not JSON: it is cut short, or another page was sent for it.`,
      {
        cause: error,
      },
    );
  }
}
