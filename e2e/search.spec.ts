import { expect, test } from '@playwright/test';
import { holdBack, SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

test('words are answered at once, while the models are still on their way', async ({ page }) => {
  const box = new SearchBox(page);
  const letGo = await holdBack(page, /model\.[0-9a-f]+\.encoder$/);
  await page.goto(PAGE);
  await box.search('dist-tag');

  await expect(box.rows.first()).toBeVisible();
  expect(await box.titles()).toContain('npm-dist-tag');
  await expect(box.rows.first().locator('mark').first()).toBeVisible();
  await expect(box.status).toContainText(/models/);

  letGo();
  await box.secondLook();
});

test('the second look reads the candidates in steps, and shows its scores as they come', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('warm up');
  await box.secondLook();

  const seen = new Set<string>();
  await page.exposeFunction('seen', (text: string) => seen.add(text));
  await page.locator('second-look').evaluate((element) => {
    const status = element.shadowRoot!.querySelector('.status')!;
    const seen = (globalThis as unknown as { seen: (text: string) => void }).seen;
    new MutationObserver(() => seen(status.textContent.trim())).observe(status, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  await box.search('how do I run a script before install');
  await box.secondLook();

  const counts = [...seen].flatMap((text) => /read (\d+) of \d+/.exec(text)?.[1] ?? []).map(Number);
  expect(counts.length).toBeGreaterThan(1);
  expect(counts).toEqual([...counts].sort((left, right) => left - right));
  await expect(box.rows.first().locator('[part="score"]')).toBeVisible();
});

for (const [question, answers] of [
  ['undo a publish', ['npm-unpublish']],
  ['how do I run a script before install', ['Scripts', 'package.json']],
  ['use a private registry for one scope', ['Scope', 'Registry', 'npmrc']],
  ['why is my install so slow in ci', ['npm-ci', 'npm-install-ci-test', 'npm-install']],
] as const)
  test(`“${question}” finds ${answers.join(' or ')} among the first three pages`, async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto('/');
    await page.getByRole('button', { name: question }).click();
    await box.secondLook();
    const first = (await box.titles()).slice(0, 3);
    expect(
      first.some((title) => (answers as readonly string[]).includes(title)),
      first.join(', '),
    ).toBe(true);
  });

test('a newer query supersedes the one in flight, and nothing of the older one is shown', async ({
  page,
}) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('warm up');
  await box.secondLook();

  await box.input.fill('how do I run a script before install');
  // A quick machine may have read all of them before one looks.
  await expect(box.status).toHaveText(/read \d+ of|all \d+/);
  await box.input.fill('two-factor authentication');
  await expect(box.rows.first().locator('mark').first()).toHaveText(/two|factor|auth/i);
  // From here on, whatever the list shows must be about the newer query.
  const titles = new Set<string>();
  const done = box.secondLook();
  for (let over = false; !over;) {
    for (const title of await box.titles()) titles.add(title);
    over = await Promise.race([done.then(() => true), page.waitForTimeout(20).then(() => false)]);
  }
  expect([...titles]).not.toContain('npm-install-test');
  expect(titles).toContain('npm-profile');
});

test('a result leads to its heading, and from there one searches again', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto('/');
  await box.search('associating a scope with a registry');
  await expect(box.rows.first()).toContainText('Associating a scope with a registry');
  await box.rows.first().click();

  await expect(page).toHaveURL(/\/docs\/using-npm\/scope\.html#associating-a-scope-with-a-registry$/);
  await expect(page.getByRole('heading', { name: 'Associating a scope with a registry' })).toBeInViewport();

  await box.search('npm-whoami');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/npm-whoami\.html/);
});

test('the keyboard alone is enough: open, choose, follow, close', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await page.waitForFunction(() => customElements.get('second-look'));
  for (const open of [true, false, true]) {
    await page.keyboard.press('Control+k');
    await expect(box.dialog).toBeVisible({ visible: open });
  }
  await expect(box.input).toBeFocused();
  await page.keyboard.type('audit');
  await expect(box.rows.first()).toBeVisible();
  // Nothing is chosen before the visitor chooses.
  await expect(box.input).not.toHaveAttribute('aria-activedescendant');

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(box.rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(box.rows.and(page.locator('[aria-selected="true"]'))).toHaveCount(1);
  const chosen = await box.rows.nth(1).getAttribute('href');
  await page.keyboard.press('Enter');
  // The browser keeps a text fragment to itself.
  await expect(page).toHaveURL(chosen!.replace(/:~:.*/, ''));

  await page.waitForFunction(() => customElements.get('second-look'));
  await page.keyboard.press('/');
  await expect(box.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(box.dialog).toBeHidden();
});

test('a row of an earlier query holds nothing in place', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('audit');
  await box.secondLook();
  await box.input.fill('two-factor authentication');
  await page.keyboard.press('ArrowDown');
  await box.secondLook();
  expect((await box.titles()).slice(0, 3)).toContain('npm-profile');
});

test('an exact title comes first and leaves room for other pages', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  for (const title of ['npm-audit', 'package.json']) {
    await box.search(title);
    await box.secondLook();
    const titles = await box.titles();
    expect(titles[0]).toBe(title);
    expect(titles.length).toBeGreaterThan(5);
  }
});

test('Esc closes and keeps the query; Enter pressed before there were results then leads nowhere', async ({
  page,
}) => {
  const box = new SearchBox(page);
  const letGo = await holdBack(page, /keywords\.[0-9a-f]+\.bin$/);
  await page.goto(PAGE);
  await box.search('npm-whoami');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(box.dialog).toBeHidden();
  letGo();
  await box.button.click();
  await expect(box.input).toHaveValue('npm-whoami');
  await expect(box.rows.first()).toBeVisible();
  await expect(page).toHaveURL(PAGE);
});

test('a query without an answer says so', async ({ page }) => {
  const box = new SearchBox(page);
  await page.route(/model\.[0-9a-f]+\.encoder$/, (route) => route.abort());
  await page.goto(PAGE);
  await box.search('zzzyyyxxx');
  await expect(box.dialog).toContainText('Nothing found for “zzzyyyxxx”');
});

test('everything comes from the site itself', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL!)) foreign.push(request.url());
  });
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  const box = new SearchBox(page);
  await page.goto('/');
  await box.search('lock file');
  await box.secondLook();
  expect(foreign).toEqual([]);
  expect(refused).toEqual([]);
});
