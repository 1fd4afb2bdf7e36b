import { expect, test } from '@playwright/test';
import { byWords, holdBack, SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

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

  test('keeps keys from the shortcuts of the page, but for those with Ctrl', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.search('');
    await page.evaluate(() => {
      const keys: string[] = [];
      addEventListener('keydown', ({ key, ctrlKey }) => keys.push(ctrlKey ? `Ctrl-${key}` : key));
      Object.assign(window, { keys });
    });
    await page.keyboard.type('n/?');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Tab');
    await page.keyboard.press('p');
    await page.keyboard.press('Control+b');
    expect(await page.evaluate(() => (window as unknown as { keys: string[] }).keys)).toEqual([
      'Ctrl-Control',
      'Ctrl-b',
    ]);
    await expect(box.input).toHaveValue('n/?');
    await page.keyboard.press('Escape');
    await expect(box.dialog).toBeHidden();
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

test.describe('a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });
  test.beforeEach(byWords);

  test('opens by a tap, clears and keeps the keyboard up, and follows a tapped row', async ({ page }) => {
    const box = new SearchBox(page);
    await page.goto(PAGE);
    await box.button.tap();
    await expect(box.input).toBeFocused();
    await box.input.fill('audit');
    await expect(box.rows.first()).toBeVisible();
    await box.dialog.getByRole('button', { name: 'Clear' }).tap();
    await expect(box.input).toHaveValue('');
    await expect(box.input).toBeFocused();
    await box.input.fill('npm-whoami');
    await expect.poll(async () => (await box.titles())[0]).toBe('npm-whoami');
    await box.rows.first().tap();
    await expect(page).toHaveURL(/npm-whoami\.html/);
  });
});

test.describe('a better order', () => {
  test('leaves a row that the visitor has moved to where it is, and waits for a click', async ({ page }) => {
    const box = new SearchBox(page);
    const letGo = await holdBack(page, /model\.[0-9a-f]+\.encoder$/);
    await page.goto(PAGE);
    await box.search('undo a publish');
    await expect(box.rows.first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    const held = await box.rows.first().getAttribute('href');
    letGo();
    await box.secondLook();
    await expect(box.status).toContainText('A better order is ready');
    await expect(box.rows.first()).toHaveAttribute('href', held!);
    await expect(box.rows.first()).toHaveAttribute('aria-selected', 'true');
    expect(await box.titles()).toContain('npm-unpublish');
    await box.dialog.getByRole('button', { name: 'Show it' }).click();
    await expect(box.rows.first()).not.toHaveAttribute('href', held!);
    await expect(box.status).toContainText(/all \d+ passages read/);
  });

  test('lets rows glide to a better order, and never to the rows of another query', async ({ page }) => {
    await page.addInitScript(() => {
      const glides: string[] = [];
      Object.assign(globalThis, { glides });
      const animate = Reflect.get(Element.prototype, 'animate') as (...how: unknown[]) => Animation;
      Element.prototype.animate = function (this: Element, ...how: unknown[]) {
        glides.push(document.querySelector('second-look')!.session.update?.stage ?? '');
        return animate.apply(this, how);
      };
    });
    const box = new SearchBox(page);
    await page.goto(PAGE);
    for (const query of ['undo a publish', 'private registry for one scope', 'undo a publication']) {
      await box.search(query);
      await box.secondLook();
    }
    const stages = await page.evaluate(() => (globalThis as unknown as { glides: string[] }).glides);
    expect(stages.length).toBeGreaterThan(0);
    expect(stages).not.toContain('keyword');
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
        const body = dialog.querySelector<HTMLElement>('.body')!;
        // Where it stands once it has glided there.
        const topOf = (page: HTMLElement): number =>
          page.offsetTop - (page.offsetParent === body ? 0 : body.offsetTop);
        const look = (): void => {
          const titles = [...list.querySelectorAll<HTMLElement>('.page')]
            .filter((page) => topOf(page) < body.clientHeight)
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
