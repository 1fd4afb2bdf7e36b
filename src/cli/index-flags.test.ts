import { cac } from 'cac';
import { describe, expect, it } from 'vitest';
import type { SecondLookConfig } from './config/define-config.js';
import { registerIndexCommand } from './index-command.js';
import { indexOptions, type IndexFlags } from './index-flags.js';
import { refusePagefindFlags } from './pagefind-flags.js';
import { parseCommandLine } from './parse-command-line.js';

/** What a command line and a config file come to. */
function optionsOf(line: string, config: SecondLookConfig = {}): ReturnType<typeof indexOptions> {
  const cli = cac('second-look');
  registerIndexCommand(cli);
  parseCommandLine(cli, ['node', 'second-look', 'index', ...line.split(' ').filter(Boolean)]);
  const { args, options } = cli;
  refusePagefindFlags(options);
  return indexOptions(args[0], options as unknown as IndexFlags, config);
}

describe('the options of index', () => {
  it('are those of the config file where no flag says otherwise', () => {
    const config: SecondLookConfig = {
      ...{ site: 'dist', language: 'de', passageTokens: 64, script: false },
      hnsw: { m: 8, ef: 100 },
      serve: { port: 80 },
    };
    const { site, options } = optionsOf(
      '--passage-tokens 96 --hnsw-m 32 --exclude 404 --exclude b/**',
      config,
    );
    expect(site).toBe('dist');
    expect(options).toMatchObject({
      ...{ language: 'de', passageTokens: 96, script: false, exclude: ['404', 'b/**'] },
      hnsw: { m: 32, ef: 100 },
    });
  });

  it('take the pages from where a flag says, and nothing of that from the file', () => {
    expect(optionsOf('other', { sitemap: 'http://a/', maxPages: 5 })).toMatchObject({ site: 'other' });
    expect(optionsOf('other', { sitemap: 'http://a/', maxPages: 5 }).options).not.toHaveProperty('sitemap');
    const { site, options } = optionsOf('--sitemap http://b/', { site: 'dist' });
    expect(site).toBeUndefined();
    expect(options.sitemap).toBe('http://b/');
    const config = { exclude: ['drafts/**'], glob: ['**/*.md'] };
    for (const line of ['--sitemap http://b/', 'pages.jsonl'])
      for (const key of Object.keys(config)) expect(optionsOf(line, config).options).not.toHaveProperty(key);
    expect(optionsOf('other', config).options).toMatchObject(config);
  });

  it('may be called as Pagefind calls them', () => {
    const { site, options } = optionsOf(
      '-s dist --output-subdir search --force-language fr --glob **/*.htm --root-selector main --exclude-selectors .ad',
    );
    expect(site).toBe('dist');
    expect(options).toMatchObject({
      ...{ out: 'dist/search', language: 'fr', glob: ['**/*.htm'] },
      ...{ rootSelector: 'main', excludeSelectors: ['.ad'] },
    });
    expect(optionsOf('--output-path x', { site: 'dist' })).toMatchObject({
      site: 'dist',
      options: { out: 'x' },
    });
    expect(optionsOf('--output-subdir x', { site: 'dist' }).options.out).toBe('dist/x');
  });

  it.each([
    ['dist --site public', /DIR and --site say the same: give one/],
    ['dist --out a --output-path b', /--out and --output-path say the same/],
    ['dist --language a --force-language b', /--language and --force-language say the same/],
    ['--output-subdir x', /--output-subdir is inside the folder of the site/],
    ['dist --keep-index-url', /--keep-index-url is Pagefind's, and second-look has no such option\. A page/],
    ['dist --serve', /--serve is Pagefind's.*second-look serve DIR/],
    ['dist -q', /--quiet is Pagefind's/],
    ['dist --include-characters <>', /--include-characters is Pagefind's.*leave it out/],
  ])('refuse "%s"', (line, message) => {
    expect(() => optionsOf(line)).toThrow(message);
  });
});
