import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sirv from 'sirv';
import type { Plugin } from 'vite';
import { readDocsPages, type DocsPage } from './docs-pages.js';
import { fillHome, fillPage } from './layout.js';

export interface DocsSiteOptions {
  /** The folder of the built npm docs. */
  source: string;
  /** The folder of the search index, served at /second-look/ while developing. */
  searchIndex: string;
}

/** Makes a site of npm's docs: index.html is its home page, and the layout of every page below /docs/. */
export function docsSite({ source, searchIndex }: DocsSiteOptions): Plugin {
  let pages: DocsPage[] = [];
  return {
    name: 'docs-site',
    // Every address is a page of its own: an unknown one is a 404, not the home page.
    config: () => ({ appType: 'mpa' }),
    async buildStart() {
      pages = await readDocsPages(source);
    },
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        if (path.includes('/gallery/')) return html;
        const home = fillHome(html, pages);
        const page = pages.find(({ url }) => url === path);
        return page ? fillPage(home, page) : home;
      },
    },
    configureServer(server) {
      // The index as it was built, but the script from its source, so that edits show.
      server.middlewares.use('/second-look/second-look.js', (_, response) => {
        response.setHeader('Content-Type', 'text/javascript').end("import '/src/element/index.ts';");
      });
      server.middlewares.use('/second-look', sirv(searchIndex, { dev: true }));
      server.middlewares.use(async (request, response, next) => {
        const path = request.url?.replace(/[?#].*$/s, '');
        if (!path || !pages.some(({ url }) => url === path)) {
          next();
          return;
        }
        const layout = await readFile(join(server.config.root, 'index.html'), 'utf8');
        const html = await server.transformIndexHtml(path, layout, request.originalUrl);
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
      });
    },
    // Every page takes the finished home page as its layout, and so the hashed names of script and style.
    async writeBundle({ dir = 'dist' }, bundle) {
      const home = bundle['index.html'];
      if (home?.type !== 'asset') return;
      for (const page of pages) {
        const file = join(dir, page.url);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, fillPage(String(home.source), page));
      }
    },
  };
}
