import { defineConfig } from 'second-look/config';

export default defineConfig({
  site: 'build',
  exclude: ['404.html'],
  excludeSelectors: ['.theme-doc-toc-desktop', '.theme-doc-toc-mobile'],
});
