import type { Visit } from './engine.js';

/** What is used of Playwright's page: the types of its versions differ elsewhere. */
interface Page {
  goto(url: string): Promise<unknown>;
  keyboard: { press(keys: string): Promise<void>; type(text: string): Promise<void> };
  evaluate<Result>(expression: string): Promise<Result>;
  addInitScript(script: () => void): Promise<unknown>;
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): unknown;
  on(event: 'pageerror', listener: (error: Error) => void): unknown;
}

/** A visit by Playwright. */
export async function playwrightVisit(page: Page, site: string, close: () => Promise<void>): Promise<Visit> {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  // Firefox tells of a refused request by this event alone.
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
      console.error(`${effectiveDirective} refuses ${blockedURI}`),
    ),
  );
  return {
    async goto(path) {
      await page.goto(new URL(path, site).href);
    },
    async back() {
      // Playwright's own waits in vain for a page that Firefox brings back from memory.
      await page.evaluate('setTimeout(() => history.back())');
    },
    press: (keys) => page.keyboard.press(keys),
    type: (text) => page.keyboard.type(text),
    run: (code, ...given) => page.evaluate(call(code, given)),
    errors: async () => [...errors],
    close,
  };
}

/** A call as an expression, which every engine takes. */
function call(code: (...given: never[]) => unknown, given: readonly unknown[]): string {
  return `(${code.toString()})(...${JSON.stringify(given)})`;
}
