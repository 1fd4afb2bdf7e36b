import { expect, test } from '@playwright/test';
import { byWords, holdBack, pageWith, SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

test.describe('history', () => {
  test.beforeEach(byWords);

  test('lists what was searched for and opened, pins, forgets, and is kept on this device', async ({
    page,
  }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/npm-whoami\.html/);

    await box.button.click();
    const opened = box.dialog.getByRole('list', { name: 'Recently opened' });
    await expect(box.dialog.getByRole('list', { name: 'Recent searches' })).toContainText('npm-whoami');
    await expect(opened.getByRole('link')).toContainText('npm-whoami');
    await opened.getByRole('button', { name: /^Pin / }).click();
    const pinned = box.dialog.getByRole('list', { name: 'Pinned' });
    await expect(pinned.getByRole('link')).toContainText('npm-whoami');
    await expect(opened).toBeHidden();

    // By the keyboard: from the field into the list.
    await box.input.press('ArrowDown');
    await expect(pinned.getByRole('link')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(box.input).toHaveValue('npm-whoami');
    await expect(box.input).toBeFocused();

    await box.input.fill('');
    await box.dialog.getByRole('button', { name: 'Forget all' }).click();
    await expect(pinned).toBeHidden();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('is not kept where the site does not want it', async ({ page }) => {
    const box = await pageWith(page, PAGE, { 'no-history': '' });
    await box.search('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/npm-whoami\.html/);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });
});

test.describe('consent', () => {
  test('no model is fetched before the visitor agrees, and then it is for good', async ({ page }) => {
    const models: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('.encoder')) models.push(request.url());
    });
    const box = await pageWith(page, PAGE, { models: 'ask' });
    await box.search('undo a publish');
    await expect(box.rows.first()).toBeVisible();
    await expect(box.status).toContainText(/Understand questions too\? \d+ MB/);
    expect(models).toEqual([]);
    await box.dialog.getByRole('button', { name: 'Fetch' }).click();
    await box.secondLook();
    expect(models.length).toBeGreaterThan(0);

    await pageWith(page, PAGE, { models: 'ask' });
    await box.search('undo a publish');
    await box.secondLook();
  });

  test('a visitor who declines is not asked again', async ({ page }) => {
    const box = await pageWith(page, PAGE, { models: 'ask' });
    await box.search('undo a publish');
    await box.dialog.getByRole('button', { name: 'No, thanks' }).click();
    await expect(box.status).not.toContainText('Understand questions');
    await pageWith(page, PAGE, { models: 'ask' });
    await box.search('audit');
    await expect(box.rows.first()).toBeVisible();
    await expect(box.status).not.toContainText('Understand questions');
  });

  test('a download can be cancelled, and the search goes on by words', async ({ page }) => {
    const box = new SearchBox(page);
    await holdBack(page, /model\.[0-9a-f]+\.encoder$/);
    await page.goto(PAGE);
    await box.search('undo a publish');
    await box.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(box.status).toContainText('Results are by words alone.');
    await box.input.fill('dist-tag');
    await expect.poll(() => box.titles()).toContain('npm-dist-tag');
  });
});
