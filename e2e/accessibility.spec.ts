import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-whoami.html';

/** Every rule of axe, on the whole page. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

interface Look {
  colorScheme: 'light' | 'dark';
  direction: 'ltr' | 'rtl';
  forcedColors?: 'active';
  viewport?: { width: number; height: number };
}

const looks: Record<string, Look> = {
  light: { colorScheme: 'light', direction: 'ltr' },
  dark: { colorScheme: 'dark', direction: 'ltr' },
  'right to left': { colorScheme: 'light', direction: 'rtl' },
  phone: { colorScheme: 'light', direction: 'ltr', viewport: { width: 390, height: 800 } },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active', direction: 'ltr' },
};

for (const [name, { direction, viewport, ...media }] of Object.entries<Look>(looks))
  test(`no state has an axe violation: ${name}`, async ({ page }) => {
    const box = new SearchBox(page);
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    await page.goto(PAGE);
    await page.evaluate((dir) => (document.documentElement.dir = dir), direction);

    expect(await violations(page), 'closed').toEqual([]);
    await box.button.click();
    expect(await violations(page), 'open, empty').toEqual([]);
    await box.search('undo a publish');
    await expect(box.rows.first()).toBeVisible();
    expect(await violations(page), 'results').toEqual([]);
    await page.keyboard.press('ArrowDown');
    await box.secondLook();
    expect(await violations(page), 'after the second look, a row chosen').toEqual([]);
    await page.route(/manifest/, (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
    await box.search('install');
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await violations(page), 'no index').toEqual([]);
  });

test('a screen reader hears the number of pages once typing pauses, and the refined order once', async ({
  page,
}) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('undo a publish');
  const live = box.dialog.getByRole('status');
  await expect(live).toHaveText(/10 pages found/);
  await box.secondLook();
  await expect(live).toHaveText('10 pages found. A second look has improved the order');
});

test('focus goes into the dialog, stays there, and returns to the button', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.button.focus();
  await page.keyboard.press('Enter');
  await expect(box.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(box.dialog).toBeHidden();
  await expect(box.button).toBeFocused();
});
