import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';
import { startHost } from './start-host.js';

/** The same three pages for all. */
const PAGES = {
  'index.md': '# A year with bees\n\nWhat a keeper of two hives does.\n',
  'swarming.md':
    '# Swarming\n\nIn May a strong colony divides: the old queen leaves.\n\n## Catching it\n\nHold a box under the cluster.\n',
  'winter.md':
    '# Winter\n\nThe bees hang together and keep each other warm.\n\n## Mites\n\nTreat against varroa.\n',
};
const inFolder = (folder: string, of: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([name, text]) => [`${folder}/${name}`, text]));
const withTitle = (text: string): string =>
  text.replace(/^# (.*)\n/, (_, title: string) => `---\ntitle: "${title}"\n---\n`);

const SCRIPT = `{% extends "base.html" %} {% block extrahead %}
<script type="module" src="{{ 'second-look/second-look.js'|url }}"></script>
{% endblock %}`;
const BOX = `<second-look index="{{ 'second-look/'|url }}"></second-look>`;

/** Hugo's, of single pages and of lists. */
const LAYOUT = `<!doctype html><html lang="en"><title>{{ .Title }}</title>
<script type="module" src="{{ "second-look/second-look.js" | relURL }}"></script>
<second-look index="{{ "second-look/" | relURL }}"></second-look>
<main><h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}</main></html>`;

/** Generators that are no Node packages, as docs/generators.md has them. */
const GENERATORS = [
  {
    ...{ name: 'MkDocs', program: 'mkdocs', args: ['build', '-q'], out: 'site', install: 'mkdocs' },
    files: {
      ...inFolder('docs', PAGES),
      'mkdocs.yml': 'site_name: Bees\nplugins: []\ntheme: { name: mkdocs, custom_dir: overrides }\n',
      'overrides/main.html': `${SCRIPT} {% block search_button %}<li>${BOX}</li>{% endblock %}`,
    },
  },
  {
    name: 'Material for MkDocs',
    ...{ program: 'mkdocs', args: ['build', '-q'], out: 'site', install: 'mkdocs-material' },
    files: {
      ...inFolder('docs', PAGES),
      'mkdocs.yml':
        'site_name: Bees\nplugins: [search]\ntheme: { name: material, custom_dir: overrides, font: false }\n',
      'overrides/main.html': SCRIPT,
      'overrides/partials/search.html': BOX,
    },
  },
  {
    ...{ name: 'Hugo', program: 'hugo', args: ['--quiet'], out: 'public', install: 'hugo' },
    files: {
      ...inFolder('content', {
        '_index.md': withTitle(PAGES['index.md']),
        'swarming.md': withTitle(PAGES['swarming.md']),
        'winter.md': withTitle(PAGES['winter.md']),
      }),
      'config.toml': "baseURL = 'http://localhost/'\ntitle = 'Bees'\ndisableKinds = ['taxonomy', 'term']\n",
      'layouts/_default/single.html': LAYOUT,
      'layouts/_default/list.html': LAYOUT,
      'layouts/404.html': '<h1>Not here</h1><p>Swarming is elsewhere.</p>',
    },
  },
];

let site: string;
test.beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-generator-'));
});
test.afterEach(() => rm(site, { recursive: true }));

for (const { name, program, args, out, install, files } of GENERATORS)
  test(`a site made with ${name} searches what it has built`, async ({ page }) => {
    test.skip(process.env.EXAMPLES !== 'all', 'run with EXAMPLES=all');
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(site, file)), { recursive: true });
      await writeFile(join(site, file), text);
    }
    const built = await promisify(execFile)(program, args, { cwd: site }).catch((error: unknown) => error);
    test.skip(
      /ENOENT|nrecogni[sz]ed theme/.test(String(built)),
      `there is no ${name}: apt-get install -y ${install}`,
    );
    if (built instanceof Error) throw built;

    const { code, out: printed, err } = await runCli({}, 'index', join(site, out), '--cache', 'none');
    expect(code, err).toBe(0);
    expect(printed).toContain('Indexed 3 pages');
    const host = await startHost({ folders: [['/', join(site, out)]] });
    try {
      // Whatever a theme loads from elsewhere is not there; the search has all that it needs.
      await page.route(
        (url) => url.origin !== host.origin,
        (route) => route.abort(),
      );
      await page.goto(`${host.origin}/winter/`);
      const box = new SearchBox(page);
      await box.button.click();
      // Letter by letter, some of which are shortcuts of a theme.
      await page.keyboard.type('my colony splits in spring, p n s');
      await expect(box.input).toHaveValue('my colony splits in spring, p n s');
      await box.input.fill('my colony splits in spring');
      await box.secondLook();
      expect((await box.titles())[0]).toBe('Swarming');
      await box.rows.first().click();
      await expect(page).toHaveURL(/\/swarming\//);
    } finally {
      await host.stop();
    }
  });
