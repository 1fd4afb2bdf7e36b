import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LabelPage } from './label-page.js';

const run = promisify(execFile);
const CLI = join(import.meta.dirname, '../dist/node/cli.js');
const DOCS = join(import.meta.dirname, '../node_modules/npm/docs/output/commands');
const INDEX = join(import.meta.dirname, '../dist/demo/second-look');

interface Running {
  process: ChildProcess;
  url: string;
}

/** Starts the command and waits for its page's URL. */
async function label(index: string, ...args: string[]): Promise<Running> {
  const started = spawn(process.execPath, [CLI, 'label', index, ...args], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let said = '';
  started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for await (const chunk of started.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
    if (url !== undefined) return { process: started, url };
  }
  throw new Error(said);
}

async function end({ process: started }: Running): Promise<void> {
  if (started.exitCode !== null) return;
  started.kill('SIGINT');
  await once(started, 'exit');
}

/** An index of a few pages by words alone, for what needs no models. */
let site: string;
let words: string;
test.beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-site-'));
  words = join(site, 'second-look');
  for (const page of ['npm-unpublish.html', 'npm-ci.html', 'npm-cache.html'])
    await cp(join(DOCS, page), join(site, page));
  await run(process.execPath, [CLI, 'index', site, '--embedder', 'none', '--reranker', 'none']);
});
test.afterAll(() => rm(site, { recursive: true }));

let out: string;
let running: Running | undefined;
test.beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'second-look-labels-'));
});
test.afterEach(async () => {
  if (running) await end(running);
  running = undefined;
  await rm(out, { recursive: true });
});

async function open(page: Page, index: string): Promise<{ labels: LabelPage; url: string }> {
  running = await label(index, '--out', out);
  await page.goto(running.url);
  return { labels: new LabelPage(page), url: running.url };
}

const queries = (): Promise<string> => readFile(join(out, 'queries.jsonl'), 'utf8');
const qrels = (): Promise<string> => readFile(join(out, 'qrels/test.tsv'), 'utf8');

test('queries are written, marked, edited and deleted by the keyboard, and every change is saved', async ({
  page,
}) => {
  const { labels } = await open(page, INDEX);
  await labels.ask('take a package down for good');
  expect(await queries()).toBe('{"_id":"q1","text":"take a package down for good"}\n');
  await expect(labels.status).toHaveText(/Saved as a draft · \d+ sections to judge/);
  await expect(labels.written('take a package down')).toContainText('draft: nothing marked, not used');

  await page.keyboard.press('2');
  await expect(labels.checkbox(1)).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(labels.checkbox(2)).toBeChecked();
  await expect(labels.status).toHaveText(/Saved, 2 right/);
  await labels.sections.nth(3).click();
  await expect(labels.written('take a package down')).toContainText('3 right');
  expect(await qrels()).toMatch(/^query-id\tcorpus-id\tscore\n(q1\tdocs\/\S+\t1\n){3}$/);
  await page.keyboard.press('Escape');
  await expect(labels.query).toBeFocused();

  await page.keyboard.press('Control+Enter');
  await expect(labels.query).toHaveValue('');
  await expect(labels.query).toBeFocused();
  await labels.ask('see which packages are out of date');
  await page.keyboard.press('1');
  await expect(page.getByText('2 of 20 with a right answer')).toBeVisible();

  await labels.written('take a package down').getByRole('button', { name: 'Edit' }).click();
  await expect(labels.checkbox(0)).toBeFocused();
  await expect(labels.sections.getByRole('checkbox', { checked: true })).toHaveCount(3);
  await page.keyboard.press('1');
  await labels.ask('remove a package for ever');
  await expect(labels.written('remove a package for ever')).toContainText('2 right');
  expect((await queries()).split('\n')[0]).toBe('{"_id":"q1","text":"remove a package for ever"}');

  await labels.written('out of date').getByRole('button', { name: 'Delete' }).click();
  await expect(labels.queries).toHaveCount(1);
  expect(await queries()).not.toContain('out of date');
  expect(await qrels()).not.toContain('q2');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(labels.written('out of date')).toContainText('1 right');
});

test('a suggested section is right at once, and the pool shows what else is', async ({ page }) => {
  const { labels } = await open(page, INDEX);
  await page.getByRole('button', { name: 'Suggest a section' }).click();
  await expect(labels.suggestion).toBeVisible();
  const first = await labels.suggestion.textContent();
  await page.getByRole('button', { name: 'Another section' }).click();
  await expect(labels.suggestion).not.toHaveText(first!);
  await expect(labels.query).toBeFocused();

  await labels.ask('what is this about');
  await expect(labels.checkbox(0)).toBeChecked();
  await expect(labels.written('what is this about')).toContainText('1 right');
  // The next one is suggested too, and can do without the pool.
  await page.keyboard.press('Control+Enter');
  await expect(labels.suggestion).toBeVisible();
  await labels.query.fill('another thing');
  await page.keyboard.press('Control+Enter');
  await expect(labels.written('another thing')).toContainText('1 right');
  await expect(labels.query).toHaveValue('');
  await page.getByRole('button', { name: 'Write a query of my own' }).click();
  await expect(labels.suggestion).toBeHidden();
  expect((await qrels()).trim().split('\n')).toHaveLength(3);
});

test('a later run goes on where the earlier one ended; without a server, nothing is lost unsaid', async ({
  page,
}) => {
  const { labels, url } = await open(page, words);
  await labels.ask('clean install');
  await page.keyboard.press('1');
  await expect(labels.status).toHaveText(/Saved, 1 right/);
  await end(running!);
  await page.keyboard.press('2');
  await expect(page.getByRole('alert')).toContainText('Not saved: The server does not answer.');

  running = await label(words, '--out', out, '--port', new URL(url).port);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(labels.written('clean install')).toContainText('2 right');
  await page.reload();
  await labels.written('clean install').getByRole('button', { name: 'Edit' }).click();
  await expect(labels.checkbox(0)).toBeChecked();
  await expect(labels.checkbox(1)).toBeChecked();
  await expect(labels.checkbox(2)).not.toBeChecked();
});

for (const [name, media] of Object.entries({
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
} as const))
  test(`no state has an axe violation: ${name}`, async ({ page }) => {
    const violations = async (): Promise<string[]> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    };
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    const { labels } = await open(page, words);
    await expect(page.getByText('None yet.')).toBeVisible();
    expect(await violations(), 'empty').toEqual([]);
    await labels.ask('package');
    await expect(page.getByText(/Not every retriever could look/)).toBeVisible();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Show the whole section' }).first().click();
    await expect(labels.status).toHaveText(/Saved, 1 right/);
    expect(await violations(), 'sections').toEqual([]);
    await labels.next.click();
    await page.getByRole('button', { name: 'Suggest a section' }).click();
    await expect(labels.suggestion).toBeVisible();
    await page.getByText('Measure your search with them').click();
    expect(await violations(), 'suggestion').toEqual([]);
    await labels.queries.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    expect(await violations(), 'deleted').toEqual([]);
    // Nothing was refused by the Content Security Policy.
    expect(complaints).toEqual([]);
    await page.route('**/api/pool', (route) => route.abort());
    await labels.query.fill('anything');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await violations(), 'error').toEqual([]);
  });

test('refuses by name what it cannot open', async ({ page }) => {
  const { url } = await open(page, words);
  await expect(label(words, '--port', new URL(url).port)).rejects.toThrow(
    /Port \d+ is taken: name another with --port/,
  );
  await expect(label(words, '--port', '99999')).rejects.toThrow(/--port is 99999; expected a whole number/);
  await expect(label(site)).rejects.toThrow(/There is no search index at .*Build one with/);
  await expect(label(words, '--out', join(words, 'manifest.json'))).rejects.toThrow(
    /manifest\.json\/queries\.jsonl/,
  );
});
