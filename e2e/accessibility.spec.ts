import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { STATES } from '../src/demo/gallery/states.js';
import { SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-whoami.html';

/** What depends on colours and sizes; all else is the same in every look. */
const OF_LOOKS = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];

/** Rules of axe, all unless given, on the whole page. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // There are no frames to look into, and without them it is twice as fast.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

interface Look {
  theme: 'light' | 'dark';
  dir?: 'rtl';
  lang?: string;
  forcedColors?: 'active';
  viewport?: { width: number; height: number };
  rules?: string[];
}

const looks: Record<string, Look> = {
  light: { theme: 'light' },
  dark: { theme: 'dark', rules: OF_LOOKS },
  'right to left': { theme: 'light', dir: 'rtl', lang: 'ar' },
  phone: { theme: 'dark', viewport: { width: 390, height: 800 }, rules: OF_LOOKS },
  'forced colours': { theme: 'dark', forcedColors: 'active', rules: OF_LOOKS },
};

for (const [name, { viewport, forcedColors, rules, ...look }] of Object.entries<Look>(looks))
  test(`no state of the box has an axe violation: ${name}`, async ({ page }) => {
    // Some twenty pages, each looked through.
    test.slow();
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({
      ...{ reducedMotion: 'reduce', colorScheme: look.theme },
      ...(forcedColors && { forcedColors }),
    });
    for (const state of Object.keys(STATES)) {
      await page.goto(`/gallery/state.html?${new URLSearchParams({ ...look, state })}`);
      await page.locator('html[data-ready]').waitFor();
      expect.soft(await violations(page, rules), state).toEqual([]);
    }
  });

test('a page of the docs has no axe violation, with the box closed and open', async ({ page }) => {
  const box = new SearchBox(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(PAGE);
  expect(await violations(page), 'closed').toEqual([]);
  await box.search('undo a publish');
  await expect(box.rows.first()).toBeVisible();
  expect(await violations(page), 'results').toEqual([]);
});

test('a screen reader hears the number of pages once typing pauses, and the refined order once', async ({
  page,
}) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('warm up');
  await box.secondLook();
  await box.search('undo a publish');
  const live = box.dialog.getByRole('status');
  await box.secondLook();
  await expect(live).toHaveText('10 pages found. A second look has improved the order');
});

test('focus goes into the dialog, stays there, and returns to the button', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.button.focus();
  await page.keyboard.press('Enter');
  await expect(box.input).toBeFocused();
  for (let at = 0; at < 6; at++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('a');
  }
  await page.keyboard.press('Escape');
  await expect(box.dialog).toBeHidden();
  await expect(box.button).toBeFocused();
});
