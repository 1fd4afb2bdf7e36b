import { defineConfig } from 'second-look/config';

export default defineConfig({
  site: 'build',
  excludeSelectors: ['.theme-doc-toc-desktop', '.theme-doc-toc-mobile'],
});
