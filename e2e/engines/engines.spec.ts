import { expect, test } from '@playwright/test';
import { seeBox } from './box-seen.js';
import type { Engine, RunningEngine, Visit } from './engine.js';
import { firefox } from './firefox.js';
import { sees } from './sees.js';
import { webkit } from './webkit.js';

const PAGE = '/docs/commands/npm-install.html';
const SECOND_LOOK = /all \d+ passages read|better order is ready/;

// What every engine must do. Chromium does it, and all that one engine is enough for, in the other files.
for (const engine of [firefox, webkit])
  if (engine.missing === undefined) test.describe(engine.name, () => journeys(engine));
  else test.skip(`${engine.name} is not tested: ${engine.missing}`, () => undefined);

function journeys(engine: Engine): void {
  let running: RunningEngine;
  let visit: Visit;

  test.beforeAll(async () => {
    running = await engine.start();
  });
  test.afterAll(() => running?.stop());
  test.beforeEach(async ({ baseURL }) => {
    visit = await running.open(baseURL!);
  });
  test.afterEach(() => visit?.close());

  test('a shortcut opens the dialog, and rows come as one types', async () => {
    await arrive(visit);
    await visit.press('Control+k');
    await sees(visit, { isOpen: true, isFocused: true, query: '', rows: [] });
    await visit.type('dist-tag');
    await sees(visit, { query: 'dist-tag', titles: expect.arrayContaining(['npm-dist-tag']) });
    await visit.press('Escape');
    await sees(visit, { isOpen: false });
    await visit.press('/');
    await sees(visit, { isOpen: true, isFocused: true, query: 'dist-tag' });
    expect(await visit.errors()).toEqual([]);
  });

  test('a second look reads all, its order is shown or waits, and nothing is asked of other sites', async () => {
    await arrive(visit);
    await visit.press('Control+k');
    await visit.type('undo a publish');
    await sees(visit, { rows: expect.arrayContaining([expect.anything()]) });
    await sees(visit, { status: expect.stringMatching(SECOND_LOOK) }, 60_000);
    await visit.run(() => {
      const status = document.querySelector('second-look')?.shadowRoot?.querySelector('.status');
      status?.querySelector('button')?.click();
    });
    await sees(visit, { status: expect.stringMatching(/all \d+ passages read/) });
    const { titles, rows } = await visit.run(seeBox);
    expect(titles.slice(0, 3)).toContain('npm-unpublish');
    expect(rows[0]?.hasScore).toBe(true);
    expect(await visit.errors()).toEqual([]);
  });

  test('arrow keys choose a row, and Enter leads to its page and heading', async () => {
    await arrive(visit);
    await visit.press('Control+k');
    await visit.type('associating a scope with a registry');
    const heading = expect.objectContaining({
      text: expect.stringContaining('Associating a scope with a registry'),
    });
    await sees(visit, { rows: expect.arrayContaining([heading]) });
    expect((await visit.run(seeBox)).rows.filter(({ isChosen }) => isChosen)).toEqual([]);
    await visit.press('ArrowDown');
    await visit.press('ArrowDown');
    await visit.press('ArrowUp');
    const chosen = (await visit.run(seeBox)).rows.filter(({ isChosen }) => isChosen);
    expect(chosen).toEqual([heading]);
    await visit.press('Enter');
    await sees(visit, {
      path: '/docs/using-npm/scope.html#associating-a-scope-with-a-registry',
      isOpen: false,
    });
    await expect.poll(() => visit.run(isTargetInView)).toBe(true);
    await visit.back();
    await sees(visit, { path: PAGE, isOpen: false });
    expect(await visit.errors()).toEqual([]);
  });

  test('Esc closes the dialog, keeps the query, and gives the focus back', async () => {
    await arrive(visit);
    await visit.run(() =>
      document.querySelector('second-look')?.shadowRoot?.querySelector('button')?.focus(),
    );
    await visit.press('Enter');
    await sees(visit, { isOpen: true, isFocused: true });
    await visit.type('audit');
    await sees(visit, { titles: expect.arrayContaining(['npm-audit']) });
    await visit.press('Escape');
    await sees(visit, { isOpen: false, query: 'audit' });
    const focused = (): string | undefined =>
      document.querySelector('second-look')?.shadowRoot?.activeElement?.className;
    expect(await visit.run(focused)).toBe('open');
    await visit.press('Enter');
    await sees(visit, { isOpen: true, query: 'audit', titles: expect.arrayContaining(['npm-audit']) });
    // The query is selected: what one types next is another.
    await visit.type('w');
    await sees(visit, { query: 'w' });
    expect(await visit.errors()).toEqual([]);
  });

  test('Back closes the dialog, and leaves the history as it was', async () => {
    await visit.goto('/');
    await arrive(visit);
    await visit.press('Control+k');
    await visit.type('audit');
    await sees(visit, { isOpen: true, query: 'audit' });
    await visit.back();
    await sees(visit, { isOpen: false, path: PAGE });
    await visit.press('Control+k');
    await sees(visit, { isOpen: true, query: 'audit' });
    await visit.press('Escape');
    await sees(visit, { isOpen: false, hasEntry: false });
    await visit.back();
    await sees(visit, { path: '/' });
    expect(await visit.errors()).toEqual([]);
  });

  test('an inline field has its list under it, which Esc closes', async () => {
    await arrive(visit);
    await visit.run(() => document.querySelector('second-look')?.setAttribute('inline', ''));
    await visit.press('Control+k');
    await sees(visit, { isFocused: true, isOpen: false });
    await visit.type('npm-whoami');
    await sees(visit, { isOpen: true, titles: expect.arrayContaining(['npm-whoami']) });
    const { field, list, page } = await visit.run(seeInline);
    expect(list.top).toBeGreaterThanOrEqual(field.bottom);
    expect(list.top).toBeLessThan(field.bottom + 20);
    expect(list.left).toBeGreaterThanOrEqual(0);
    expect(list.right).toBeLessThanOrEqual(page);
    await visit.press('Escape');
    await sees(visit, { isOpen: false, query: 'npm-whoami', isFocused: true });
    await visit.press('ArrowDown');
    await sees(visit, { isOpen: true });
    await visit.press('Enter');
    await sees(visit, { path: expect.stringMatching(/npm-whoami\.html/) });
    expect(await visit.errors()).toEqual([]);
  });

  test('the colours follow the theme, and a chosen row is marked where its text begins', async () => {
    await arrive(visit);
    await visit.press('Control+k');
    await visit.type('audit');
    await sees(visit, { titles: expect.arrayContaining(['npm-audit']) });
    await visit.press('ArrowDown');
    const light = await visit.run(seeLook, 'light', 'ltr');
    const dark = await visit.run(seeLook, 'dark', 'rtl');
    expect([light.bar, dark.bar]).toEqual(['3px', '-3px']);
    expect(light.colours.background).toBeGreaterThan(200);
    expect(light.colours.text).toBeLessThan(80);
    expect(dark.colours.background).toBeLessThan(80);
    expect(dark.colours.text).toBeGreaterThan(200);
    for (const { colours } of [light, dark]) expect(colours.chosen).not.toBe(colours.background);
    expect(await visit.errors()).toEqual([]);
  });

  test('a request that leaves the site would be refused, and heard by these tests', async () => {
    await arrive(visit);
    await visit.run(() => {
      void fetch('https://elsewhere.test/').catch(() => undefined);
    });
    await expect.poll(async () => (await visit.errors()).join('\n')).toContain('elsewhere.test');
  });
}

/** Opens a page of the docs, and waits until it has its box. */
async function arrive(visit: Visit): Promise<void> {
  await visit.goto(PAGE);
  await expect
    .poll(() =>
      visit.run(() => document.querySelector('second-look')?.shadowRoot?.querySelector('input') != null),
    )
    .toBe(true);
}

/** Whether the heading that the page's address names is in view; runs in the page. */
function isTargetInView(): boolean {
  const target = document.getElementById(location.hash.slice(1).replace(/:~:.*/, ''));
  if (!target) return false;
  const { top, bottom } = target.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

/** Where an inline field and its list are; runs in the page. */
function seeInline(): Record<
  'field' | 'list',
  { top: number; bottom: number; left: number; right: number }
> & {
  page: number;
} {
  const root = document.querySelector('second-look')!.shadowRoot!;
  const [field, list] = ['input', '.popover'].map((selector) => {
    const { top, bottom, left, right } = root.querySelector(selector)!.getBoundingClientRect();
    return { top, bottom, left, right };
  });
  return { field: field!, list: list!, page: document.documentElement.clientWidth };
}

/** Sets the theme and the direction, and sees how light, of 255, colours are and where the chosen row is marked; runs in the page. */
function seeLook(
  theme: string,
  direction: string,
): { colours: Record<'background' | 'text' | 'chosen', number>; bar: string | undefined } {
  const box = document.querySelector('second-look')!;
  box.setAttribute('theme', theme);
  // The site's own colours are its own affair.
  for (const colour of ['accent', 'background', 'text', 'muted', 'border'])
    box.style.setProperty(`--second-look-${colour}`, 'initial');
  document.documentElement.dir = direction;
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
  const lightness = (colour: string): number => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (red! + green! + blue!) / 3;
  };
  const dialog = getComputedStyle(box.shadowRoot!.querySelector('dialog')!);
  const row = getComputedStyle(box.shadowRoot!.querySelector('[aria-selected="true"]')!);
  return {
    colours: {
      background: lightness(dialog.backgroundColor),
      text: lightness(dialog.color),
      chosen: lightness(row.backgroundColor),
    },
    bar: /-?3px/.exec(row.boxShadow)?.[0],
  };
}
