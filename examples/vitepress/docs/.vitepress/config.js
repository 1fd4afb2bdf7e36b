import { secondLook } from 'second-look/vite';
import { createContentLoader } from 'vitepress';

/** What `vitepress dev` searches: its server has no HTML of its pages. */
async function* pages() {
  for (const { url, html } of await createContentLoader('**/*.md', { render: true }).load())
    yield { url, html: `<main>${html}</main>` };
}

export default {
  title: 'Tidemark',
  description: 'Backups that you can read without the tool that made them',
  lang: 'en',
  // VitePress writes the language of a code block into the block.
  vite: { plugins: [secondLook({ excludeSelectors: ['.lang'], dev: { pages } })] },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/first-backup' },
      { text: 'Reference', link: '/reference/settings' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'What Tidemark is', link: '/' },
          { text: 'A first backup', link: '/guide/first-backup' },
          { text: 'Getting files back', link: '/guide/getting-files-back' },
          { text: 'Every night, by itself', link: '/guide/every-night' },
        ],
      },
      { text: 'Reference', items: [{ text: 'Settings', link: '/reference/settings' }] },
    ],
  },
};
