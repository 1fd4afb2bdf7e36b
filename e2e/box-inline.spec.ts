import { expect, type Page, test } from '@playwright/test';
import { byWords, pageWith } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

const inline = (page: Page) => page.locator('second-look').getByRole('combobox');
const options = (page: Page) => page.locator('second-look').getByRole('option');

test.describe('an inline field', () => {
  test.beforeEach(byWords);

  test('has its list under it, and loses it by Esc, by leaving, and by following a result', async ({
    page,
  }) => {
    await pageWith(page, PAGE, { inline: '' });
    await expect(inline(page)).toBeVisible();
    await inline(page).fill('npm-whoami');
    await expect(options(page).first()).toBeVisible();
    const [field, list] = await Promise.all([
      inline(page).boundingBox(),
      page.locator('.popover').boundingBox(),
    ]);
    expect(list!.y).toBeGreaterThanOrEqual(field!.y + field!.height);

    await inline(page).press('Escape');
    await expect(options(page).first()).toBeHidden();
    await inline(page).press('ArrowDown');
    await expect(options(page).first()).toBeVisible();
    await page.locator('.brand').focus();
    await expect(options(page).first()).toBeHidden();

    await page.keyboard.press('Control+k');
    await expect(inline(page)).toBeFocused();
    await expect(options(page).first()).toBeVisible();
    // Esc is for as long as one stays.
    await page.keyboard.press('Escape');
    await page.locator('.brand').focus();
    await inline(page).focus();
    await expect(options(page).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/npm-whoami\.html/);
  });
});

test('Esc in the list under a field leads back to the field', async ({ page }) => {
  await pageWith(page, PAGE, { inline: '' });
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.slot = 'footer';
    button.textContent = 'Ours';
    document.querySelector('second-look')!.append(button);
  });
  await inline(page).fill('npm-whoami');
  await expect(options(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Ours' }).focus();
  await page.keyboard.press('Escape');
  await expect(inline(page)).toBeFocused();
  await expect(options(page).first()).toBeHidden();
});

test.describe('a search page', () => {
  test.beforeEach(byWords);

  test('has links under its field, and its query in the address', async ({ page }) => {
    await pageWith(page, '/?q=npm-whoami', { inline: 'page' });
    const field = page.getByRole('searchbox', { name: 'Search' });
    const links = page.getByRole('region', { name: 'Search results' }).getByRole('link');
    await expect(field).toHaveValue('npm-whoami');
    await expect(links.first()).toBeVisible();
    await field.fill('dist-tag');
    await expect(page).toHaveURL('/?q=dist-tag');
    await expect(links.first()).toContainText(/dist-tag/i);
    await field.press('ArrowDown');
    await expect(links.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(links.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/docs\//);
    await page.goBack();
    await expect(page).toHaveURL('/?q=dist-tag');
  });
});

test.describe('parts by themselves', () => {
  test('show one search wherever they stand in the page', async ({ page }) => {
    await page.goto(PAGE);
    await page.waitForFunction(() => customElements.get('second-look'));
    await page.evaluate(() => {
      document.querySelector('main')!.innerHTML =
        '<second-look-input></second-look-input><hr><second-look-results></second-look-results>' +
        '<second-look-status></second-look-status>';
    });
    const main = page.locator('main');
    await main.getByRole('searchbox').fill('undo a publish');
    await expect(main.getByRole('link').first()).toBeVisible();
    await expect(main.locator('second-look-status')).toContainText(/passages read|better order/, {
      timeout: 60_000,
    });
    await main
      .getByRole('link', { name: /unpublish/i })
      .first()
      .click();
    await expect(page).toHaveURL(/unpublish/);
  });
});
