import { expect, type Locator, type Page } from '@playwright/test';

/** The search box as a visitor meets it: what they see and do, by role and name. */
export class SearchBox {
  readonly button: Locator;
  readonly dialog: Locator;
  readonly input: Locator;
  readonly rows: Locator;
  readonly pages: Locator;
  readonly status: Locator;

  /** @param name what the box calls itself, in the page's language */
  constructor(
    readonly page: Page,
    name = 'Search',
  ) {
    this.button = page.getByRole('button', { name });
    this.dialog = page.getByRole('dialog', { name });
    this.input = page.getByRole('combobox', { name });
    this.rows = page.getByRole('option');
    this.pages = page.getByRole('group');
    this.status = this.dialog.locator('.status');
  }

  /** Opens the dialog by its button and types. */
  async search(query: string): Promise<void> {
    if (!(await this.dialog.isVisible())) await this.button.click();
    await this.input.fill(query);
  }

  /** Waits until the cross-encoder has read everything for the query in the field, whether its order is shown or waits. */
  async secondLook(): Promise<void> {
    await expect(this.status).toHaveText(/all \d+ passages read|better order is ready/, { timeout: 60_000 });
  }

  /** Titles of the pages shown, in order. */
  async titles(): Promise<string[]> {
    const titles = await this.dialog.locator('[part="page-title"]').allTextContents();
    return titles.map((title) => title.trim());
  }
}

/** Holds back what matches until it is let go, so that a test can look at the page meanwhile. */
export async function holdBack(page: Page, url: string | RegExp): Promise<() => void> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(url, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  return letGo;
}

/** Opens a page whose box has these attributes, which it takes whenever they change. */
export async function pageWith(
  page: Page,
  path: string,
  attributes: Record<string, string>,
): Promise<SearchBox> {
  await page.goto(path);
  await page.waitForFunction(() => customElements.get('second-look'));
  await page.locator('second-look').evaluate((box, given) => {
    for (const [name, value] of Object.entries(given)) box.setAttribute(name, value);
  }, attributes);
  return new SearchBox(page);
}

/** Without models, which take their time and change nothing of what a test is about. */
export async function byWords({ page }: { page: Page }): Promise<void> {
  await page.route(/\.(encoder|onnx|wasm)$/, (route) => route.abort());
}
