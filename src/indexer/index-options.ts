import { relative, resolve, sep } from 'node:path';
import { compile } from 'css-select';
import { messageOf, SearchError } from '../engine/errors.js';
import { GRAPH_DEFAULTS } from '../engine/vector/build-graph.js';
import { VECTOR_CHOICES, type VectorChoice } from './choose-vectors.js';
import type { OnDownload } from './download-model.js';
import { defaultVectorCache } from './vector-cache.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from './find-model.js';
import { canonicalLanguage } from './group-by-language.js';
import { inputOf, type InputOptions, type PageInput } from './page-input.js';
import type { PageSelectors } from './parse-page.js';

export interface IndexSiteOptions extends InputOptions {
  /**
   * Where the index goes; a former index there is replaced. Default: `second-look` inside the site's folder; other inputs
   * have none.
   */
  out?: string | undefined;
  /**
   * The site's root as an absolute URL or a path; needed when `out` lies outside the site's folder. Without a folder it is
   * `/` by default.
   */
  siteUrl?: string | undefined;
  /** Embedding model: a folder, a name of ours, a hub id (`owner/name`), or `none`. Default Xenova/all-MiniLM-L6-v2. */
  embedder?: string | undefined;
  /** Cross-encoder, likewise. Default: the one that this package ships. */
  reranker?: string | undefined;
  /** The cross-encoder's share in the final score, 0 to 1. Default: what the model's own settings say. */
  rerankWeight?: number | undefined;
  /**
   * Longest passage, in the embedder's tokens and with its heading trail, 48 to 512. Longer ones are fewer, and slower
   * to rerank. Default 128.
   */
  passageTokens?: number | undefined;
  /** Larger pages are skipped, in bytes. Default 10 MB. */
  maxPageBytes?: number | undefined;
  /** CSS selector of every page's main content, where the page does not mark it; pages without one are skipped. */
  rootSelector?: string | undefined;
  /** CSS selectors of elements to leave out, with their metadata. Default: none. */
  excludeSelectors?: readonly string[] | undefined;
  /**
   * Puts all pages into one index of this language, BCP 47, whatever they say. Default: an index for each language that
   * pages say in `html[lang]`.
   */
  language?: string | undefined;
  /** A JSON file of words that stand for each other, see `readSynonymsFile`. Default: none. */
  synonyms?: string | undefined;
  /**
   * Folder that keeps the vectors of passages and the models as visitors load them between runs, so that only passages
   * whose text is new are embedded; `false` keeps none. Default: `.vectors` beside downloaded models (`$SECOND_LOOK_CACHE`, or `~/.cache/second-look/models`).
   */
  cache?: string | false | undefined;
  /**
   * How vectors are searched. `flat`: all are loaded and scanned. `binary`: 1-bit codes are loaded and scanned, and
   * vectors of the best read by Range requests. `hnsw`: all are loaded, with a graph that leads to the nearest. Default
   * `auto`: flat up to 20,000 passages, binary above.
   */
  vectors?: VectorChoice | undefined;
  /** Of the graph, with `vectors: 'hnsw'`. */
  hnsw?: Partial<Record<keyof typeof HNSW_BOUNDS, number | undefined>> | undefined;
  /** Copy `second-look.js` into the index, for pages that load it by a script tag. Default true. */
  script?: boolean | undefined;
  /** Called as pages are read and cut, and as passages are embedded. */
  onProgress?: (step: Step, done: number, total: number) => void;
  /** Called as a model comes from the hub. */
  onDownload?: OnDownload;
}

export type Step = 'read' | 'cut' | 'embed' | 'link';

/** Of the options of the graph: least, most, default. `GraphOptions` and `HnswOptions` say what they do. */
const HNSW_BOUNDS = {
  m: [4, 64, GRAPH_DEFAULTS.m],
  efConstruction: [8, 2000, GRAPH_DEFAULTS.efConstruction],
  ef: [8, 2000, 200],
} as const;

/** The options with their defaults, checked. */
export interface Plan {
  input: PageInput;
  out: string;
  siteUrl: string;
  embedder: string;
  reranker: string;
  rerankWeight: number | undefined;
  passageTokens: number;
  maxPageBytes: number;
  exclude: readonly string[];
  selectors: PageSelectors;
  language: string | undefined;
  synonyms: string | undefined;
  cache: string | false;
  vectors: VectorChoice;
  hnsw: Record<keyof typeof HNSW_BOUNDS, number>;
  script: boolean;
  onProgress: (step: Step, done: number, total: number) => void;
  onDownload: OnDownload;
}

/**
 * Fills in defaults.
 * @param site folder of the built site, or a file of JSON lines; undefined where there is a sitemap
 * @throws SearchError `bad-option` that names the option and what it may be
 */
export function planOf(site: string | undefined, options: IndexSiteOptions): Plan {
  const input = inputOf(site, options);
  const { folder } = input;
  const out = outOf(input, options.out);
  return {
    input,
    out,
    siteUrl:
      options.siteUrl !== undefined
        ? checkedSiteUrl(options.siteUrl)
        : folder === undefined
          ? '/'
          : siteUrlFrom(folder, out),
    embedder: options.embedder ?? DEFAULT_EMBEDDER,
    reranker: options.reranker ?? DEFAULT_RERANKER,
    rerankWeight: checked('rerankWeight', options.rerankWeight, 0, 1),
    passageTokens: checked('passageTokens', options.passageTokens, 48, 512) ?? 128,
    maxPageBytes: checked('maxPageBytes', options.maxPageBytes, 1, 1e9) ?? 10e6,
    exclude: [...(options.exclude ?? []), ...(folder === undefined ? [] : [`${relative(folder, out)}/**`])],
    selectors: {
      root: options.rootSelector && checkedSelector('rootSelector', options.rootSelector),
      exclude: options.excludeSelectors?.map((selector) => checkedSelector('excludeSelectors', selector)),
    },
    language: options.language === undefined ? undefined : checkedLanguage(options.language),
    synonyms: options.synonyms,
    cache: options.cache ?? defaultVectorCache(),
    vectors: checkedChoice(options.vectors ?? 'auto'),
    hnsw: { m: ofGraph('m'), efConstruction: ofGraph('efConstruction'), ef: ofGraph('ef') },
    script: options.script ?? true,
    onProgress: options.onProgress ?? (() => undefined),
    onDownload: options.onDownload ?? (() => undefined),
  };

  function ofGraph(name: keyof typeof HNSW_BOUNDS): number {
    const [least, most, usual] = HNSW_BOUNDS[name];
    const value = options.hnsw?.[name];
    if (value !== undefined && !Number.isInteger(value))
      throw new SearchError('bad-option', `hnsw.${name} is ${value}; expected a whole number.`);
    const given = checked(`hnsw.${name}`, value, least, most);
    if (given !== undefined && options.vectors !== 'hnsw')
      throw new SearchError(
        'bad-option',
        `hnsw.${name} is ${given}, and vectors is "${options.vectors ?? 'auto'}"; only a graph has such options. Ask for ` +
          'one with --vectors hnsw, or leave them out.',
      );
    return given ?? usual;
  }
}

function outOf({ name, folder }: PageInput, out: string | undefined): string {
  if (out !== undefined) return resolve(out);
  if (folder !== undefined) return `${folder}/second-look`;
  throw new SearchError(
    'bad-option',
    `Say where the index of ${name} goes, a folder that your site serves: --out ./dist/second-look.`,
  );
}

function checkedSelector(name: string, selector: string): string {
  try {
    compile(selector);
    return selector;
  } catch (error) {
    throw new SearchError(
      'bad-option',
      `${name} is "${selector}"; expected a CSS selector such as ".sidebar, [hidden]" (${messageOf(error)}).`,
    );
  }
}

function checkedChoice(choice: VectorChoice): VectorChoice {
  if (!VECTOR_CHOICES.includes(choice))
    throw new SearchError(
      'bad-option',
      `vectors is ${JSON.stringify(choice)}; expected one of ${VECTOR_CHOICES.join(', ')}.`,
    );
  return choice;
}

/** A number within bounds. */
export function checked(
  name: string,
  value: number | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value !== undefined && !(value >= least && value <= most))
    throw new SearchError('bad-option', `${name} is ${value}; expected a number from ${least} to ${most}.`);
  return value;
}

/** The site's root, which ends in a slash. */
export function checkedSiteUrl(url: string): string {
  const base = 'https://site/';
  if (!URL.canParse(url, base) || !/^https?:$/.test(new URL(url, base).protocol))
    throw new SearchError(
      'bad-option',
      `siteUrl is "${url}"; expected the root of the site, such as https://example.org/docs/ or /docs/.`,
    );
  return url.endsWith('/') ? url : `${url}/`;
}

/** A tag that `Intl` understands, in its canonical form. */
export function checkedLanguage(tag: string): string {
  const language = canonicalLanguage(tag);
  if (language === undefined)
    throw new SearchError('bad-option', `language is "${tag}"; expected a BCP 47 tag such as en or pt-BR.`);
  return language;
}

/** The site's root as seen from the index folder: `../` for an index one folder down. */
function siteUrlFrom(site: string, out: string): string {
  const down = relative(site, out);
  if (down === '' || down.startsWith('..'))
    throw new SearchError(
      'bad-option',
      `The index folder ${out} is not inside the site ${site}, so it cannot know where the pages are: ` +
        'say it with --site-url.',
    );
  return '../'.repeat(down.split(sep).length);
}
