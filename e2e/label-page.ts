import { expect, type Locator, type Page } from '@playwright/test';

/** The page of `second-look label` as a site's owner meets it. */
export class LabelPage {
  readonly query: Locator;
  readonly status: Locator;
  /** The sections to judge. */
  readonly sections: Locator;
  readonly suggestion: Locator;
  readonly queries: Locator;
  readonly next: Locator;

  constructor(readonly page: Page) {
    this.query = page.getByRole('textbox', { name: /would type/ });
    this.status = page.getByRole('status');
    this.sections = page.getByRole('list', { name: 'Mark every section that answers' }).getByRole('listitem');
    this.suggestion = page.getByRole('region', { name: 'What would someone type to find this?' });
    this.queries = page.getByRole('region', { name: 'Your queries' }).getByRole('listitem');
    this.next = page.getByRole('button', { name: 'Next query' });
  }

  /** Types a query and waits for what may answer it. */
  async ask(text: string): Promise<void> {
    await this.query.fill(text);
    await this.query.press('Enter');
    await expect(this.sections.first().getByRole('checkbox')).toBeFocused();
  }

  checkbox(at: number): Locator {
    return this.sections.nth(at).getByRole('checkbox');
  }

  /** A query of the list, by its text. */
  written(text: string): Locator {
    return this.queries.filter({ hasText: text });
  }
}
