import { build, type Rolldown } from 'vite';

/** What a page needs of each library to load a built index and search it. */
export const LIBRARIES = {
  MiniSearch: "import MiniSearch from 'minisearch'; export const load = MiniSearch.loadJSON;",
  Orama: "export { create, load, search } from '@orama/orama';",
  FlexSearch: "export { Index, Encoder } from 'flexsearch'; export { default } from 'flexsearch/lang/en';",
  lunr: "import lunr from 'lunr'; export const load = lunr.Index.load;",
};

const ENTRY = 'virtual:entry';

/** Bundles a piece of code for browsers, tree-shaken and minified, as second-look is. */
export async function bundledCode(code: string): Promise<string> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) => (id === ENTRY ? code : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: 'oxc',
      rolldownOptions: { input: ENTRY, preserveEntrySignatures: 'strict' },
    },
  })) as Rolldown.RolldownOutput;
  return output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
}
