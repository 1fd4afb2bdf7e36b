import { resolve } from 'node:path';
import { SearchError } from '../engine/errors.js';
import { INDEX_FORMAT, type Manifest, modelBytes } from '../engine/index-file/manifest.js';
import { mappingOf } from '../engine/remote/mapping.js';
import { readSettings, type RemoteSettings } from '../engine/remote/settings.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from './find-model.js';
import { refuseForeignFolder } from './index-folder.js';
import { checked, checkedLanguage, checkedSiteUrl, type IndexSiteOptions } from './index-options.js';
import type { IndexSummary } from './index-site.js';
import { forLanguage } from './model-languages.js';
import { VERSION } from './package-root.js';
import { prepareIfOfUse } from './prepare-if-of-use.js';
import { prepareEmbedder, prepareReranker } from './prepare-models.js';
import { publishIndex } from './publish-index.js';
import { writeManifest, writeModels } from './write-index.js';

/** Options as for a site, as far as there are no pages. */
export type IndexRemoteOptions = Pick<
  IndexSiteOptions,
  'siteUrl' | 'embedder' | 'reranker' | 'rerankWeight' | 'language' | 'script' | 'onDownload'
> & {
  /** Where the index goes; a former index there is replaced. */
  out: string;
};

/** What was written. */
export interface RemoteSummary {
  folder: string;
  engine: RemoteSettings['engine'];
  url: string;
  /** Names of the headers that visitors' browsers send, which anyone can read. */
  headers: string[];
  embedder: string | undefined;
  reranker: string | undefined;
  /** Models that were named but do not read the language. */
  unread: IndexSummary['unread'];
  bytes: { models: number; all: number };
}

/**
 * Writes an index folder for a site whose own search engine takes the first look: its settings, the models, and the
 * script, and no pages.
 * @param json the settings
 * @param where named in errors: the file that has them
 * @throws SearchError `bad-option` that names the key or option at fault; a former index is left as it was
 */
export async function indexRemote(
  json: unknown,
  where: string,
  options: IndexRemoteOptions,
): Promise<RemoteSummary> {
  const settings = readSettings(json, where);
  const { keyword, hybrid } = mappingOf(settings, where);
  const out = resolve(options.out);
  const site = checkedSiteUrl(options.siteUrl ?? '/');
  const language = options.language === undefined ? 'en' : checkedLanguage(options.language);
  const weight = checked('rerankWeight', options.rerankWeight, 0, 1);
  await refuseForeignFolder(out);
  const embedderName = nameIfUsed(hybrid !== undefined, options.embedder, where);
  const embedder = await prepareReader(embedderName, language, async (name) => {
    const prepared = await prepareEmbedder(name, { onDownload: options.onDownload });
    await prepared.dispose();
    return prepared;
  });
  if (!keyword && !embedder)
    throw new SearchError(
      'bad-option',
      `The embedder ${embedderName} does not read "${language}", and ${where} has no request by words alone. Name the ` +
        'model that made the vectors in the engine with --embedder; if it is this one, and reads the language, say so in ' +
        '"languages" of a second-look.json in its folder.',
    );
  const rerankerName = options.reranker ?? DEFAULT_RERANKER;
  const reranker = await prepareReader(rerankerName, language, (name) =>
    prepareReranker(name, weight, { onDownload: options.onDownload }),
  );

  const { written: manifest, bytes } = await publishIndex(out, async (index) => {
    const manifest: Manifest = {
      ...{ format: INDEX_FORMAT, generator: `second-look ${VERSION}`, language, site },
      counts: { pages: 0, sections: 0, passages: 0 },
      ...{ pages: [], keywords: [], passages: [], filters: [], sorts: [] },
      // As the site wrote them: defaults are the script's, and may get better with it.
      remote: json,
      ...(await writeModels(index, { embedder, reranker })),
    };
    await writeManifest(index, manifest, options.script ?? true);
    return manifest;
  });
  const models = [manifest.embedder, manifest.reranker].flatMap((model) => model ?? []);
  return {
    ...{ folder: out, engine: settings.engine, url: settings.url },
    headers: Object.keys(settings.headers ?? {}),
    embedder: manifest.embedder?.name,
    reranker: manifest.reranker?.name,
    unread: [
      ...(embedderName !== 'none' && !embedder ? [{ model: embedderName, languages: [language] }] : []),
      ...(rerankerName !== 'none' && !reranker ? [{ model: rerankerName, languages: [language] }] : []),
    ],
    bytes: { models: models.reduce((sum, model) => sum + modelBytes(model), 0), all: bytes },
  };
}

/** A model, where it reads the language. */
async function prepareReader<T extends { languages: readonly string[] | undefined }>(
  name: string,
  language: string,
  prepare: (name: string) => Promise<T>,
): Promise<T | undefined> {
  return forLanguage(await prepareIfOfUse(name, [language], prepare), language);
}

/** The embedder's name, where requests have vectors; it must be the one that made the vectors in the engine. */
function nameIfUsed(used: boolean, name: string | undefined, where: string): string {
  if (!used && name !== undefined && name !== 'none')
    throw new SearchError(
      'bad-option',
      `embedder is "${name}", and ${where} sends no vector. Name the engine's vectors with "vector", or put "{vector}" ` +
        'into "body"; otherwise leave the embedder out.',
    );
  if (used && name === 'none')
    throw new SearchError(
      'bad-option',
      `embedder is "none", and ${where} sends the query's vector. Name the model that made the vectors in the engine.`,
    );
  return used ? (name ?? DEFAULT_EMBEDDER) : 'none';
}
