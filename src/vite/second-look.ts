import { resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { Plugin, ResolvedConfig } from 'vite';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import { indexBuilt } from '../node/index-built.js';
import type { DevPages } from './dev-pages.js';
import { FOLDER, scriptTag } from './script-tag.js';
import { serveLiveIndex } from './serve-live-index.js';
import { atEndOfVitePress, isVitePress } from './vitepress.js';

/** Those of `second-look index`, and two more. The index lies in the folder `second-look` of the site. */
export interface SecondLookOptions extends Omit<IndexSiteOptions, 'out' | 'siteUrl'> {
  /** Put the script's tag into the pages that Vite makes. Default: where the script is copied into the index. */
  inject?: boolean | undefined;
  /** The index that the dev server has; `false` for none. */
  dev?: false | DevOptions | undefined;
}

export interface DevOptions {
  /** Which pages it has. Default: the HTML files that would be built, and those of the public folder. */
  pages?: DevPages | undefined;
  /** Whether passages are embedded and models loaded, as in the built site. Default false: by words alone, in an instant. */
  models?: boolean | undefined;
}

/**
 * A search for the site that Vite builds: `vite build` indexes it, and `vite dev` serves an index that follows edits.
 * For generators that write their HTML after Vite's build, see `indexBuilt` of `second-look/node`.
 */
export function secondLook(options: SecondLookOptions = {}): Plugin {
  const { dev = {}, inject = options.script !== false, ...indexOptions } = options;
  let config: ResolvedConfig;
  let written = false;
  /** What ends the indexes of dev servers, the oldest first: one that restarts begins before the one before it is closed. */
  const ends: (() => Promise<void>)[] = [];
  return {
    name: 'second-look',
    configResolved(resolved) {
      config = resolved;
      if (isVitePress(config)) atEndOfVitePress(config, inject, index);
    },
    async configureServer(server) {
      if (dev === false) return;
      const words = { embedder: 'none', reranker: 'none', vectors: 'auto', hnsw: undefined } as const;
      ends.push(await serveLiveIndex(server, dev.pages, { ...indexOptions, ...(!dev.models && words) }));
    },
    transformIndexHtml: {
      // Behind Vite's own work, which would look for the script among what it builds.
      order: 'post',
      handler: (_, { path }) => (inject ? [scriptTag(config.base, path)] : []),
    },
    writeBundle() {
      written = true;
    },
    closeBundle: {
      // Others write pages here too.
      order: 'post',
      sequential: true,
      async handler() {
        // A server closes each of its environments.
        const isClient = (this.environment?.name ?? 'client') === 'client';
        if (isClient) await ends.shift()?.();
        // Nothing is written where the build has failed; a server's code is no site.
        const isSite = written && !config.build.ssr && isClient;
        written = false;
        if (!isSite || isVitePress(config)) return;
        const outDir = resolve(config.root, config.build.outDir);
        const [page] = await glob(['**/*.{html,htm}'], { cwd: outDir, ignore: [`${FOLDER}/**`] });
        if (page !== undefined) await index(outDir);
        else
          config.logger.warn(
            `second-look: ${outDir} has no HTML yet, so there is no index. Where a generator writes it later, call ` +
              'indexBuilt() of second-look/node in its hook for the end of a build.',
          );
      },
    },
  };

  async function index(
    outDir: string,
    print = (text: string): void => config.logger.info(text),
  ): Promise<void> {
    await indexBuilt(outDir, indexOptions, print);
  }
}
