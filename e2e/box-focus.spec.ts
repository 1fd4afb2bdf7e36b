import { expect, test } from '@playwright/test';
import { byWords, holdBack, pageWith, SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

test.beforeEach(byWords);

test.describe('the shortcut', () => {
  test('opens the box that is seen, where another one is hidden', async ({ page }) => {
    const box = await pageWith(page, PAGE, {});
    await page.evaluate(() => {
      const hidden = document.createElement('second-look');
      hidden.style.display = 'none';
      // The other one hears of keys after it.
      const seen = document.querySelector('second-look')!;
      seen.replaceWith(hidden);
      hidden.after(seen);
    });
    await page.keyboard.press('Control+k');
    await expect(box.dialog).toBeVisible();
    await expect(box.input).toBeFocused();
  });

  test('is known by its place on a keyboard of another script', async ({ page }) => {
    const box = await pageWith(page, PAGE, {});
    const press = (key: string, code: string): Promise<boolean> =>
      page.evaluate((init) => document.body.dispatchEvent(new KeyboardEvent('keydown', init)), {
        key,
        code,
        ctrlKey: true,
        bubbles: true,
        cancelable: true,
      });
    // Dvorak has its T where others have the K.
    expect(await press('t', 'KeyK')).toBe(true);
    await expect(box.dialog).toBeHidden();
    await press('л', 'KeyK');
    await expect(box.dialog).toBeVisible();
  });
});

test.describe('the dialog', () => {
  test('stays where a selection that begins in the field ends beside it', async ({ page }) => {
    const box = await pageWith(page, PAGE, {});
    await box.search('npm-whoami');
    const field = (await box.input.boundingBox())!;
    await page.mouse.move(field.x + field.width / 2, field.y + field.height / 2);
    await page.mouse.down();
    await page.mouse.move(5, 400, { steps: 4 });
    await page.mouse.up();
    await expect(box.dialog).toBeVisible();
    await page.mouse.click(5, 400);
    await expect(box.dialog).toBeHidden();
  });

  test('closes by the first Back after the page was loaded anew with it open', async ({ page }) => {
    await page.goto('/');
    const box = await pageWith(page, PAGE, {});
    await box.button.click();
    await page.waitForFunction(() => (history.state as { secondLook?: number } | null)?.secondLook);
    await page.reload();
    await box.button.click();
    await expect(box.dialog).toBeVisible();
    await page.waitForFunction(() => history.length > 3);
    await page.goBack();
    await expect(box.dialog).toBeHidden();
    await expect(page).toHaveURL(PAGE);
  });

  test('has the keys again after a button that goes with its click', async ({ page }) => {
    const box = await pageWith(page, PAGE, { models: 'ask' });
    await box.search('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await box.dialog.getByRole('button', { name: 'No, thanks' }).click();
    await expect(box.input).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(box.rows.first()).toHaveAttribute('aria-selected', 'true');
  });

  test('follows no row where Esc was pressed after an early Enter', async ({ page }) => {
    const letGo = await holdBack(page, /keywords/);
    const box = await pageWith(page, PAGE, { inline: '' });
    await box.input.fill('npm-whoami');
    await box.input.press('Enter');
    await box.input.press('Escape');
    letGo();
    await box.input.press('ArrowDown');
    await expect(box.rows.first()).toBeVisible();
    await expect(page).toHaveURL(PAGE);
  });
});

test.describe('a list under a field', () => {
  test('closes where the site itself leads to the result', async ({ page }) => {
    const box = await pageWith(page, PAGE, { inline: '' });
    await page.evaluate(() =>
      document.addEventListener('second-look-open-result', (event) => event.preventDefault()),
    );
    await box.input.fill('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await box.input.press('Enter');
    await expect(box.rows.first()).toBeHidden();
    await expect(box.input).not.toBeFocused();
    await box.input.focus();
    await expect(box.rows.first()).toBeVisible();
    await box.rows.first().click();
    await expect(box.rows.first()).toBeHidden();
    await expect(page).toHaveURL(PAGE);
  });

  test('stays while the focus is on what the site has put into it', async ({ page }) => {
    const box = await pageWith(page, PAGE, { inline: '' });
    await page.locator('second-look').evaluate((element) => {
      element.insertAdjacentHTML('beforeend', '<a slot="footer" href="#own">Ask us</a>');
    });
    await box.input.fill('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await page.getByRole('link', { name: 'Ask us' }).click();
    await expect(page).toHaveURL(/#own$/);
  });

  test('stays when a button in it goes with its click', async ({ page }) => {
    const box = await pageWith(page, PAGE, { inline: '', models: 'ask' });
    await box.input.fill('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await page.getByRole('button', { name: 'No, thanks' }).click();
    await expect(box.input).toBeFocused();
    await expect(box.rows.first()).toBeVisible();
  });

  test('is asked for again by the focus, where it was lost to an error', async ({ page }) => {
    await page.route(/manifest/, (route) => route.abort());
    const box = await pageWith(page, PAGE, { inline: '' });
    await box.input.fill('npm-whoami');
    await expect(page.getByRole('alert')).toBeVisible();
    await page.unroute(/manifest/);
    await box.input.blur();
    await box.input.focus();
    await expect(box.rows.first()).toBeVisible();
  });

  test('is of the query in the address, whoever has changed it', async ({ page }) => {
    const box = await pageWith(page, `${PAGE}?q=audit`, { inline: '', 'query-parameter': 'q' });
    await page.evaluate(() => document.querySelector('second-look')?.open('npm-whoami'));
    await expect(box.input).toHaveValue('npm-whoami');
    await expect(page).toHaveURL(`${PAGE}?q=npm-whoami`);
  });
});

test('pins of another tab are kept', async ({ page, context }) => {
  const pin = async (tab: SearchBox, title: string): Promise<void> => {
    await tab.dialog
      .getByRole('listitem')
      .filter({ hasText: title })
      .getByRole('button', { name: /^Pin / })
      .click();
  };
  const one = await pageWith(page, PAGE, {});
  for (const query of ['npm-whoami', 'npm-audit']) {
    await one.search(query);
    await expect(one.rows.first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(query));
  }
  await one.button.click();
  const other = new SearchBox(await context.newPage());
  await other.page.goto(PAGE);
  await other.button.click();
  const opened = other.dialog.getByRole('list', { name: 'Recently opened' });
  await expect(opened).toBeVisible();
  await pin(one, 'npm-whoami');
  await pin(other, 'npm-audit');
  await expect(other.dialog.getByRole('list', { name: 'Pinned' }).getByRole('link')).toHaveCount(2);
});
