import type { Plugin } from 'vite';

/** Takes comments and needless spaces out of `css` and `html` templates, which no minifier of JavaScript looks into. */
export function minifyTemplates(): Plugin;
