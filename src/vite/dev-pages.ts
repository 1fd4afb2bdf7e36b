import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import type { ResolvedConfig, ViteDevServer } from 'vite';

/** A page as visitors of the dev server get it. */
export interface DevPage {
  /** Its path from the root of the site: `guide/intro.html`, `/guide/`. */
  url: string;
  html: string;
}

/**
 * Which pages the dev server has: HTML files, as globs relative to Vite's root, which Vite transforms; or a function that
 * gives the pages, for sites that have no files of them.
 */
export type DevPages =
  | string
  | readonly string[]
  | ((server: ViteDevServer) => Promise<Iterable<DevPage>> | Iterable<DevPage> | AsyncIterable<DevPage>);

/** Reads the pages; by default the HTML files that would be built, and those of the public folder. */
export async function readDevPages(server: ViteDevServer, pages: DevPages | undefined): Promise<DevPage[]> {
  if (typeof pages === 'function') {
    const given: DevPage[] = [];
    for await (const page of await pages(server)) given.push(page);
    return given;
  }
  const { config } = server;
  const { root, publicDir } = config;
  const files = pages === undefined ? entryFiles(config) : await filesLike(root, [pages].flat(), config);
  const publicFiles =
    pages === undefined && publicDir !== '' ? await filesLike(publicDir, ['**/*.{html,htm}'], config) : [];
  return [
    ...(await readAll(root, files, (url, html) => server.transformIndexHtml(url, html))),
    // Vite leaves these as they are.
    ...(await readAll(publicDir, publicFiles, async (_, html) => html)),
  ];
}

/** The HTML files among what is built, absolute. */
function entryFiles({ root, build }: ResolvedConfig): string[] {
  // Before Vite 8 the options had another name.
  const options: Partial<
    Record<'rolldownOptions' | 'rollupOptions', Pick<typeof build.rolldownOptions, 'input'>>
  > = build;
  const { input = ['index.html'] } = options.rolldownOptions ?? options.rollupOptions ?? {};
  const files = typeof input === 'string' ? [input] : Object.values(input);
  return files.filter((file) => /\.html?$/i.test(file)).map((file) => resolve(root, file));
}

async function filesLike(
  folder: string,
  patterns: readonly string[],
  { build, root }: ResolvedConfig,
): Promise<string[]> {
  const ignore = ['**/node_modules/**', `${resolve(root, build.outDir).split(sep).join('/')}/**`];
  return (await glob([...patterns], { cwd: folder, ignore, absolute: true })).sort();
}

/** Pages that are gone meanwhile are left out. */
async function readAll(
  folder: string,
  files: readonly string[],
  transform: (url: string, html: string) => Promise<string>,
): Promise<DevPage[]> {
  const pages: DevPage[] = [];
  for (const file of files) {
    const html = await readFile(file, 'utf8').catch(() => undefined);
    if (html === undefined) continue;
    const url = relative(folder, file).split(sep).join('/');
    pages.push({ url, html: await transform(`/${url}`, html) });
  }
  return pages;
}
