import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { contentSecurityPolicy } from '../src/demo/content-security-policy.js';
import { runCli } from './run-cli.js';
import { type Host, startHost } from './start-host.js';

/** The examples as a static host serves them, after the one command that they need. */
let folder: string;
let server: Host;
let url: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-examples-'));
  await cp(join(import.meta.dirname, '../examples'), folder, { recursive: true });
  const { code, err } = await runCli({}, 'index', join(folder, 'site'), '--cache', 'none');
  expect(code, err).toBe(0);
  const headers = { 'Content-Security-Policy': contentSecurityPolicy };
  server = await startHost({ folders: [['/', folder]], headers });
  url = `${server.origin}/`;
});
test.afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

test('headless: an interface of one’s own shows rows, with their words marked', async ({ page }) => {
  await page.goto(`${url}headless/`);
  await page.getByRole('searchbox', { name: 'Search' }).fill('squealing brakes');
  await expect(page.getByRole('status')).toHaveText(/^\d pages$/);
  const first = page.getByRole('listitem').first();
  await expect(first.getByRole('link')).toHaveText('Brakes › They squeal');
  await expect(first.getByRole('link')).toHaveAttribute('href', /\/site\/brakes\.html#squeal$/);
  await expect(first.locator('mark').first()).toHaveText(/squeal|brakes/i);
});

test('retrieval-augmented: a prompt has the passages that answer, and their sources', async ({ page }) => {
  await page.goto(`${url}retrieval-augmented/`);
  await page.getByLabel('Question').fill('How do I mend a flat tyre?');
  await page.getByLabel('Most tokens').fill('150');
  await page.getByRole('button', { name: 'Fill the prompt' }).click();
  await expect(page.getByRole('status')).toHaveText(/^\d passages, \d+ tokens by tokenizer$/);
  const prompt = page.locator('pre');
  await expect(prompt).toContainText(`[1] Tyres › Mending a flat (${url}site/tyres.html#flat)`);
  await expect(prompt).toContainText('press the patch on');
  await expect(prompt).toContainText('Question: How do I mend a flat tyre?');
  await expect(page.getByRole('listitem').first().getByRole('link')).toHaveText('Tyres › Mending a flat');
});
