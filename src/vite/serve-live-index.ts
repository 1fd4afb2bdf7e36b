import { join } from 'node:path';
import sirv from 'sirv';
import type { Connect, ViteDevServer } from 'vite';
import { messageOf } from '../engine/errors.js';
import { isManifest } from '../engine/index-file/manifest-of.js';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import { PACKAGE_ROOT } from '../indexer/package-root.js';
import { type DevPages, readDevPages } from './dev-pages.js';
import { inBackground } from './in-background.js';
import { LiveIndex } from './live-index.js';
import { FOLDER } from './script-tag.js';

/** How long nothing has changed before the pages are indexed, in ms. */
const PAUSE = 200;

/**
 * Serves the index of a dev server's pages and the script, and follows edits.
 * @returns what ends it and leaves nothing behind
 */
export async function serveLiveIndex(
  server: ViteDevServer,
  pages: DevPages | undefined,
  options: IndexSiteOptions,
): Promise<() => Promise<void>> {
  const { logger, base } = server.config;
  const index = await LiveIndex.create(options);
  let ended = false;
  const update = async (): Promise<void> => {
    try {
      const summary = await index.take(await readDevPages(server, pages));
      if (summary)
        logger.info(
          `second-look: indexed ${summary.pages} ${summary.pages === 1 ? 'page' : 'pages'} in ${Math.round(summary.seconds * 1000)} ms`,
          { timestamp: true },
        );
    } catch (error) {
      if (!ended) logger.error(`second-look: ${messageOf(error)}`, { timestamp: true });
    }
  };
  const background = inBackground(update, PAUSE);
  const onChange = (): void => background.ask();
  server.watcher.on('all', onChange);
  background.ask();

  const script = sirv(join(PACKAGE_ROOT, 'dist/browser'), { dev: true });
  const root = `${new URL(base, 'http://site/').pathname}${FOLDER}/`;
  // Words are indexed in an instant, so that a page is searched as it is; models take their time.
  const waits = options.embedder === 'none';
  const serve: Connect.NextHandleFunction = async (request, response, next) => {
    const { url = '' } = request;
    if (!url.startsWith(root)) {
      next();
      return;
    }
    const path = url.slice(root.length);
    if (isManifest(path.replace(/\?.*$/s, '')) && (waits || index.handlers.length === 0))
      await background.settled();
    const handlers = [...index.handlers, script];
    const tryNext = (): void => {
      const handle = handlers.shift();
      if (handle) handle(request, response, tryNext);
      else {
        request.url = url;
        next();
      }
    };
    request.url = `/${path}`;
    tryNext();
  };
  server.middlewares.use(serve);

  return async () => {
    ended = true;
    server.watcher.off('all', onChange);
    const stopped = background.stop();
    await index.remove();
    await stopped;
  };
}
