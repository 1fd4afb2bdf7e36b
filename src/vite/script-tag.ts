import type { HtmlTagDescriptor } from 'vite';

/** Where the index lies in a site. */
export const FOLDER = 'second-look';

/**
 * The tag that loads the script.
 * @param base Vite's base; a relative one counts from the page
 * @param path the page's, from the site's root, with a slash in front
 */
export function scriptTag(base: string, path: string): HtmlTagDescriptor {
  const isRelative = base === '' || base === './';
  const root = isRelative ? './' + '../'.repeat(path.split('/').length - 2) : base;
  return {
    tag: 'script',
    attrs: { type: 'module', src: `${root}${FOLDER}/second-look.js` },
    injectTo: 'head',
  };
}
