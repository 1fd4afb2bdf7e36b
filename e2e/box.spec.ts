import { expect, type Page, test } from '@playwright/test';
import { holdBack, SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

/** Opens a page whose box has these attributes, which it takes whenever they change. */
async function pageWith(page: Page, attributes: Record<string, string>, path = PAGE): Promise<SearchBox> {
  await page.goto(path);
  await page.waitForFunction(() => customElements.get('second-look'));
  await page.locator('second-look').evaluate((box, given) => {
    for (const [name, value] of Object.entries(given)) box.setAttribute(name, value);
  }, attributes);
  return new SearchBox(page);
}

/** Without models, which take their time and change nothing of what a test is about. */
async function byWords({ page }: { page: Page }): Promise<void> {
  await page.route(/\.(onnx|wasm)$/, (route) => route.abort());
}

const inline = (page: Page) => page.locator('second-look').getByRole('combobox');
const options = (page: Page) => page.locator('second-look').getByRole('option');

test.describe('the dialog', () => {
  test.beforeEach(byWords);

  test('closes by Back, by its button, and by a click beside it, and leaves the history as it was', async ({
    page,
  }) => {
    const box = new SearchBox(page);
    await page.goto('/');
    await page.goto(PAGE);
    await box.search('audit');
    await page.goBack();
    await expect(box.dialog).toBeHidden();
    await expect(page).toHaveURL(PAGE);

    await box.button.click();
    await expect(box.input).toHaveValue('audit');
    await box.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(box.dialog).toBeHidden();

    await box.button.click();
    await page.mouse.click(5, 400);
    await expect(box.dialog).toBeHidden();
    await page.waitForFunction(() => !(history.state as { secondLook?: boolean } | null)?.secondLook);
    await page.goBack();
    await expect(page).toHaveURL('/');
  });

  test('takes no place in the history when a result is followed', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/npm-whoami\.html/);
    await page.goBack();
    await expect(page).toHaveURL(PAGE);
    await expect(box.dialog).toBeHidden();
  });

  test('stays open while results open in new tabs', async ({ page, context }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    for (const open of [
      () => box.input.press('Control+Enter'),
      () => box.rows.first().click({ button: 'middle' }),
    ]) {
      const opened = context.waitForEvent('page');
      await open();
      await expect(await opened).toHaveURL(/npm-whoami\.html/);
      await expect(box.dialog).toBeVisible();
    }
  });

  test('leaves keys to fields and to an input method', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await page.waitForFunction(() => customElements.get('second-look'));
    await page.evaluate(() => document.querySelector('main')!.prepend(document.createElement('textarea')));
    await page.locator('textarea').click();
    await page.keyboard.type('a/b');
    await expect(page.locator('textarea')).toHaveValue('a/b');
    await expect(box.dialog).toBeHidden();

    await box.search('npm-whoami');
    await expect(box.rows.first()).toBeVisible();
    await box.input.evaluate((input) =>
      input.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true }),
      ),
    );
    await expect(page).toHaveURL(PAGE);
  });

  test('chooses a row by the pointer only when it moves, not when rows move under it', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await page.mouse.move(640, 320);
    await page.waitForFunction(() => customElements.get('second-look'));
    await page.keyboard.press('Control+k');
    await box.input.fill('publish');
    await expect(box.rows.first()).toBeVisible();
    await expect(box.input).not.toHaveAttribute('aria-activedescendant');
    await box.rows.nth(1).hover();
    await page.mouse.move(641, 322);
    await expect(box.input).toHaveAttribute('aria-activedescendant', /row/);
  });

  test('lists more pages when asked, by the keyboard alone', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('package');
    await expect.poll(() => box.titles()).toHaveLength(10);
    const before = await box.titles();
    await page.keyboard.press('ArrowUp');
    await expect(box.dialog.getByRole('option', { name: 'Show more' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await box.titles()).length).toBeGreaterThan(10);
    expect((await box.titles()).slice(0, 10)).toEqual(before);
  });

  test('leads to the words that a result was found by', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('prevents publishing of an already published version');
    await expect(box.rows.first()).toBeVisible();
    await expect(box.rows.first()).toHaveAttribute('href', /#.*:~:text=/);
    await page.locator('second-look').evaluate((box) => box.setAttribute('no-highlight', ''));
    await expect(box.rows.first()).not.toHaveAttribute('href', /:~:/);
  });

  test('says what it looked for in place of a word that no page has, and marks it', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('shrinkwrpa ');
    await expect(box.dialog).toContainText('No page has “shrinkwrpa”. Results for “shrinkwrap”.');
    await expect(box.dialog.locator('mark').first()).toHaveText(/shrinkwrap/i);
  });

  test('offers a looser search where quotes leave nothing', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('"zebra lockfile" publish');
    await box.dialog.getByRole('button', { name: 'Search without quotes and exclusions' }).click();
    await expect(box.input).toHaveValue('zebra lockfile publish');
    await expect(box.rows.first()).toBeVisible();
  });

  test('speaks the language of the page', async ({ page }) => {
    await page.route(PAGE, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('lang="en"', 'lang="de-AT"') });
    });
    await page.goto(PAGE);
    await page.getByRole('button', { name: 'Suche' }).click();
    await expect(page.getByRole('dialog', { name: 'Suche' })).toContainText('in eigenen Worten');
  });

  test('without a network, says so, and works once there is one', async ({ page, context }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await page.waitForFunction(() => customElements.get('second-look'));
    await context.setOffline(true);
    await box.search('audit');
    await expect(box.dialog.getByRole('alert')).toContainText('You are offline');
    await context.setOffline(false);
    await box.dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(box.rows.first()).toBeVisible();
  });
});

test.describe('a better order', () => {
  test('moves rows in view once; what comes after waits for a click', async ({ page }) => {
    const box = new SearchBox(page);
    const letGo = await holdBack(page, /model\.[0-9a-f]+\.onnx$/);
    await page.goto(PAGE);
    await box.search('undo a publish');
    await expect(box.rows.first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    const held = await box.rows.first().getAttribute('href');
    letGo();
    await expect(box.status).toContainText('A better order is ready', { timeout: 60_000 });
    await expect(box.rows.first()).toHaveAttribute('href', held!);
    await box.dialog.getByRole('button', { name: 'Show it' }).click();
    await expect(box.rows.first()).not.toHaveAttribute('href', held!);
    await expect(box.status).toContainText(/all \d+ passages read/);
  });

  test('never moves the rows in view more than once', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('warm up');
    await box.secondLook();
    for (const query of ['undo a publish', 'private registry for one scope']) {
      await box.input.fill('');
      const orders = box.dialog.evaluate(async (dialog) => {
        const seen: string[] = [];
        const list = dialog.querySelector('.list')!;
        const look = (): void => {
          const titles = [...list.querySelectorAll('.page')]
            .filter((page) => page.getBoundingClientRect().top < list.getBoundingClientRect().bottom)
            .map((page) => page.querySelector('.title')!.textContent.trim());
          const order = titles.slice(0, 4).join(' | ');
          // Rows that come below others, or glide out of view, move none of those.
          const last = seen.at(-1);
          if (last !== undefined && (order.startsWith(last) || last.startsWith(order))) return;
          if (order !== '') seen.push(order);
        };
        // Until all is read, and for a while after.
        for (let rest = 30; rest > 0; rest -= seen.length > 0 && list.ariaBusy === 'false' ? 1 : 0) {
          await new Promise(requestAnimationFrame);
          look();
        }
        return seen;
      });
      await box.input.fill(query);
      const seen = await orders;
      expect(seen.length, seen.join('\n')).toBeLessThanOrEqual(2);
    }
  });
});

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
    const box = await pageWith(page, { 'no-history': '' });
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
      if (request.url().endsWith('.onnx')) models.push(request.url());
    });
    const box = await pageWith(page, { models: 'ask' });
    await box.search('undo a publish');
    await expect(box.rows.first()).toBeVisible();
    await expect(box.status).toContainText(/Understand questions too\? \d+ MB/);
    expect(models).toEqual([]);
    await box.dialog.getByRole('button', { name: 'Fetch' }).click();
    await box.secondLook();
    expect(models.length).toBeGreaterThan(0);

    await pageWith(page, { models: 'ask' });
    await box.search('undo a publish');
    await box.secondLook();
  });

  test('a visitor who declines is not asked again', async ({ page }) => {
    const box = await pageWith(page, { models: 'ask' });
    await box.search('undo a publish');
    await box.dialog.getByRole('button', { name: 'No, thanks' }).click();
    await expect(box.status).not.toContainText('Understand questions');
    await pageWith(page, { models: 'ask' });
    await box.search('audit');
    await expect(box.rows.first()).toBeVisible();
    await expect(box.status).not.toContainText('Understand questions');
  });

  test('a download can be cancelled, and the search goes on by words', async ({ page }) => {
    const box = new SearchBox(page);
    await holdBack(page, /model\.[0-9a-f]+\.onnx$/);
    await page.goto(PAGE);
    await box.search('undo a publish');
    await box.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(box.status).toContainText('Results are by words alone.');
    await box.input.fill('dist-tag');
    await expect.poll(() => box.titles()).toContain('npm-dist-tag');
  });
});

test.describe('an inline field', () => {
  test.beforeEach(byWords);

  test('has its list under it, and loses it by Esc, by leaving, and by following a result', async ({
    page,
  }) => {
    await pageWith(page, { inline: '' });
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
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/npm-whoami\.html/);
  });
});

test.describe('a search page', () => {
  test.beforeEach(byWords);

  test('has links under its field, and its query in the address', async ({ page }) => {
    await pageWith(page, { inline: 'page' }, '/?q=npm-whoami');
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

test('events tell a site what happens', async ({ page }) => {
  const box = new SearchBox(page);
  await page.goto(PAGE);
  const heard: string[] = [];
  await page.exposeFunction('heard', (text: string) => heard.push(text));
  await page.evaluate(() => {
    for (const type of ['searched', 'no-results', 'open-result', 'models-ready', 'error'])
      document.addEventListener(`second-look-${type}`, (event) => {
        const { query, rank, stage } = event as Event & { query?: string; rank?: number; stage?: string };
        (globalThis as unknown as { heard: (text: string) => void }).heard(
          [type, query, rank, stage].filter((part) => part !== undefined).join(' '),
        );
        if (type === 'open-result') event.preventDefault();
      });
  });
  await box.search('npm-whoami');
  await box.secondLook();
  await expect.poll(() => heard).toContain('searched npm-whoami');
  await box.rows.first().click();
  await expect.poll(() => heard).toContain('open-result npm-whoami 1 done');
  await expect(page).toHaveURL(PAGE);
  await expect(box.dialog).toBeHidden();
  expect(heard).toContain('models-ready');
});
