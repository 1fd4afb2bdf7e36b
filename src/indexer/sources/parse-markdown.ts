import { textContent } from 'domutils';
import GithubSlugger from 'github-slugger';
import { Marked } from 'marked';
import { parseFragment } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { type PageSelectors, parsePage } from '../parse-page.js';
import { readFrontMatter } from './front-matter.js';
import { withFacts } from './page-facts.js';
import type { SourcePage } from './source-page.js';

/** How a site publishes `guide/install.md`: as `guide/install.html`, `guide/install/`, `guide/install`, or as it is. */
export type MarkdownUrls = (typeof MARKDOWN_URLS)[number];
export const MARKDOWN_URLS = ['html', 'folder', 'plain', 'md'] as const;

const ENDINGS: Record<Exclude<MarkdownUrls, 'md'>, string> = { html: '.html', folder: '/', plain: '' };

export interface MarkdownOptions {
  urls: MarkdownUrls;
  selectors?: PageSelectors | undefined;
}

/** Whether a file is Markdown by its name. */
export function isMarkdown(file: string): boolean {
  return /\.(md|markdown)$/i.test(file);
}

/**
 * Renders Markdown (GitHub's, with YAML in front) and reads it as any page. Headings get ids as GitHub gives them, or what
 * stands behind them as `{#id}`.
 * @param file path relative to the site's folder
 */
export function parseMarkdown(
  markdown: string,
  file: string,
  { urls, selectors }: MarkdownOptions,
): Pick<SourcePage, 'url' | 'page'> {
  const read = readFrontMatter(markdown);
  if ('skipped' in read) return { url: file, page: read };
  const { body, facts, permalink, warnings } = read;
  const page = parsePage(`<main>${render(body)}</main>`, selectors);
  const url = permalink === undefined ? urlOf(file, urls) : encodeURI(permalink);
  if ('skipped' in page) return { url, page };
  const named =
    page.heading || page.documentTitle ? page : withFacts(page, { ...NO_FACTS, title: nameOf(file) });
  return { url, page: { ...withFacts(named, facts), warnings: [...named.warnings, ...warnings] } };
}

const NO_FACTS = { language: undefined, meta: {}, filters: {}, sorts: {} };

function render(markdown: string): string {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens);
        const [, content = '', written] = /^([\s\S]*?)(?:\s*\{#([\w-]+)\})?\s*$/.exec(html) ?? [];
        const id = written ?? slugger.slug(textContent(parseFragment(content, { treeAdapter: adapter })));
        return `<h${depth} id="${id.replaceAll('"', '&quot;')}">${content}</h${depth}>\n`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

function urlOf(file: string, urls: MarkdownUrls): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  if (urls === 'md') return path;
  const bare = path.replace(/\.(md|markdown)$/i, '');
  const folder = /^(.*\/)?(index|readme)$/i.exec(bare);
  return folder ? (folder[1] ?? '') : bare + ENDINGS[urls];
}

/** What a page without any title is called. */
function nameOf(file: string): string {
  return file
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .replace(/[-_]+/g, ' ');
}
