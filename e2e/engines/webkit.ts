import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine, Visit } from './engine.js';
import { WebDriverSession } from './webdriver.js';

const XVFB = '/usr/bin/Xvfb';
const DRIVER = '/usr/bin/WebKitWebDriver';
const MACHINE = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const BROWSER = `/usr/lib/${MACHINE}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const absent = [XVFB, DRIVER, BROWSER].find((path) => !existsSync(path));

/** WebKitGTK's own browser on a screen of its own. It is like Safari, and no proof of Safari. */
export const webkit: Engine = {
  name: 'WebKitGTK',
  missing:
    absent === undefined
      ? undefined
      : `there is no ${absent} here; apt-get install -y webkit2gtk-driver xvfb`,
  async start() {
    const xvfb = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const display = await firstLine(xvfb.stdio[3] as Readable);
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${display}`,
        // Its sandbox needs rights that a container lacks; the pages are our own.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
      },
    });
    // Where the tests are broken off, nobody calls stop().
    process.once('exit', () => {
      driver.kill();
      xvfb.kill();
    });
    const server = `http://127.0.0.1:${port}`;
    await answers(server);
    return {
      async open(site) {
        const session = await WebDriverSession.open(server, {
          'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] },
        });
        return webDriverVisit(session, site);
      },
      async stop() {
        await end(driver);
        await end(xvfb);
      },
    };
  },
};

function webDriverVisit(session: WebDriverSession, site: string): Visit {
  const run: Visit['run'] = async (code, ...given) =>
    (await session.execute(`return (${code.toString()})(...arguments)`, given)) as ReturnType<typeof code>;
  return {
    async goto(path) {
      await session.goto(new URL(path, site).href);
      await run(hearErrors);
    },
    back: () => session.back(),
    press: (keys) => session.press(...keys.split('+')),
    type: (text) => session.type(text),
    run,
    errors: () => run(() => (globalThis as Heard).heard ?? []),
    close: () => session.close(),
  };
}

/** Where a page keeps the errors that it has heard. */
type Heard = typeof globalThis & { heard?: string[] };

/**
 * Hears what the console is told, as WebDriver has no way to read it: errors of the page, not of its worker, and none
 * before the page has loaded. Runs in the page.
 */
function hearErrors(): void {
  const heard = ((globalThis as Heard).heard = []) as string[];
  const { error } = console;
  console.error = (...parts: unknown[]) => {
    heard.push(parts.map(String).join(' '));
    error(...parts);
  };
  addEventListener('error', ({ message }) => heard.push(message));
  addEventListener('unhandledrejection', ({ reason }) => heard.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
    heard.push(`${effectiveDirective} refuses ${blockedURI}`),
  );
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  throw new Error(`${XVFB} has ended without a display.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answers(server: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const response = await fetch(`${server}/status`).catch(() => undefined);
    if (response?.ok) return;
    await wait(100);
  }
  throw new Error(`${DRIVER} does not answer on ${server}.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
