/** Keys that WebDriver names by code points of their own (W3C WebDriver 2, 17.4.2). */
const KEYS: Record<string, string> = {
  Control: '\uE009',
  Shift: '\uE008',
  Enter: '\uE007',
  Escape: '\uE00C',
  Tab: '\uE004',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
};

/** A session of a WebDriver (W3C): as much as the tests use. */
export class WebDriverSession {
  private constructor(readonly url: string) {}

  /**
   * @param server URL of the driver
   * @throws Error what the driver says, where it refuses
   */
  static async open(server: string, capabilities: object): Promise<WebDriverSession> {
    const body = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId } = (await call('POST', `${server}/session`, body)) as { sessionId: string };
    return new WebDriverSession(`${server}/session/${sessionId}`);
  }

  async goto(url: string): Promise<void> {
    await call('POST', `${this.url}/url`, { url });
  }

  async back(): Promise<void> {
    await call('POST', `${this.url}/back`, {});
  }

  /** Presses a key with those before it held. */
  async press(...keys: string[]): Promise<void> {
    const values = keys.map((key) => KEYS[key] ?? key);
    await this.#act([
      ...values.map((value) => ({ type: 'keyDown', value })),
      ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
    ]);
  }

  /** Presses the key of each character. */
  async type(text: string): Promise<void> {
    await this.#act(
      Array.from(text).flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
    );
  }

  /** Runs a function's body, whose arguments are in `arguments`. */
  execute(script: string, args: readonly unknown[]): Promise<unknown> {
    return call('POST', `${this.url}/execute/sync`, { script, args });
  }

  async close(): Promise<void> {
    await call('DELETE', this.url);
  }

  async #act(actions: readonly object[]): Promise<void> {
    await call('POST', `${this.url}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${url}: ${error}: ${message}`);
}
