import type { Plugin } from 'vite';

/** Where the gallery's pages lie, and where they are served. */
const SOURCE = 'src/demo/gallery/';
const TARGET = 'gallery/';

/** Builds the gallery into /gallery/, beside the demo. */
export function galleryPages(): Plugin {
  return {
    name: 'gallery-pages',
    config: () => ({
      build: {
        rolldownOptions: { input: ['index.html', `${SOURCE}index.html`, `${SOURCE}state.html`] },
      },
    }),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle))
          if (file.fileName.startsWith(SOURCE)) file.fileName = file.fileName.replace(SOURCE, TARGET);
      },
    },
  };
}
