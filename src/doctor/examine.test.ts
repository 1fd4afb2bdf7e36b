import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileEntry, Manifest } from '../engine/index-file/manifest.js';
import { testManifest } from '../testing/manifest.js';
import { type HostedFile, startStaticHost, type StaticHost } from '../testing/static-host.js';
import { examine } from './examine.js';
import type { Check, Finding } from './finding.js';
import { filesOf } from '../engine/index-file/files-of.js';

const KEPT = { 'cache-control': 'public, max-age=31536000, immutable' };
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const LINES = '<script type="module" src="/second-look/second-look.js"></script><second-look></second-look>';

const file = (path: string, bytes = 1): FileEntry => ({ path, bytes, sha256: '0'.repeat(64) });
const SHARED: Partial<Manifest> = {
  languages: ['en', 'de'],
  vectors: { mode: 'binary', rows: file('vectors.0a1b2c3d.bin', 64), codes: file('codes.bin') },
};
const MANIFEST = testManifest({
  ...SHARED,
  runtime: { version: '1', module: file('runtime/ort.mjs'), binary: file('runtime/ort.wasm') },
});
const GERMAN = testManifest({ ...SHARED, language: 'de', keywords: [['', 1, '1'.repeat(12)]] });

const page = (html: string, headers: Record<string, string> = {}): HostedFile => ({
  body: html,
  headers: { 'content-type': 'text/html', ...headers },
});
const script = (text: string, headers: Record<string, string> = {}): HostedFile => ({
  body: gzipSync(text),
  headers: { 'content-type': 'text/javascript', 'content-encoding': 'gzip', ...headers },
});

/** A site on which all is well. */
function deployed(): Record<string, HostedFile> {
  const files = [MANIFEST, GERMAN]
    .flatMap((manifest) => filesOf(manifest))
    .map(({ path, bytes }): [string, HostedFile] => [
      `/second-look/${path}`,
      {
        body: 'x'.repeat(bytes),
        headers: {
          ...KEPT,
          'content-type': path.endsWith('.mjs')
            ? 'text/javascript'
            : path.endsWith('.wasm')
              ? 'application/wasm'
              : 'application/octet-stream',
        },
      },
    ]);
  return {
    '/': page(LINES, { 'content-security-policy': POLICY }),
    '/second-look/manifest.json': { body: JSON.stringify(MANIFEST) },
    '/second-look/manifest.de.json': { body: JSON.stringify(GERMAN) },
    '/second-look/second-look.js': script('import"./box.abcdefgh.js";'),
    '/second-look/box.abcdefgh.js': script(
      `new URL("worker.abcdefgh.js",import.meta.url)${' '.repeat(2000)}`,
    ),
    '/second-look/worker.abcdefgh.js': script('import("./box.abcdefgh.js")'),
    ...Object.fromEntries(files),
  };
}

describe('examine', () => {
  let host: StaticHost;
  beforeEach(async () => {
    host = await startStaticHost(deployed());
  });
  afterEach(() => host.close());

  /** What is wrong, but for the script's version: this one is of none. */
  async function wrong(path = '/'): Promise<Finding[]> {
    const { findings } = await examine(host.url + path);
    return findings.filter(({ status, what }) => status !== 'ok' && !/written by|which wrote/.test(what));
  }
  const change = (path: string, to: Partial<HostedFile> | undefined): void => {
    const before = host.files.get(path);
    if (!to) host.files.delete(path);
    else host.files.set(path, { body: '', ...before, ...to, headers: { ...before?.headers, ...to.headers } });
  };

  it('finds nothing where all is well, from the page, the folder and the manifest', async () => {
    expect(await wrong()).toEqual([]);
    const { findings, index, page } = await examine(host.url);
    expect({ index, page }).toEqual({ index: `${host.url}/second-look/`, page: `${host.url}/` });
    const checks = new Set(findings.map(({ check }) => check));
    for (const check of [
      'html',
      'policy',
      'manifest',
      'files',
      'script',
      'types',
      'ranges',
      'caching',
    ] as const)
      expect(checks, check).toContain(check);
    for (const path of ['/second-look/', '/second-look', '/second-look/manifest.json']) {
      expect(await wrong(path)).toEqual([]);
      expect(await examine(host.url + path)).toMatchObject({
        index: `${host.url}/second-look/`,
        page: undefined,
      });
    }
  });

  it.each<[string, Finding['status'], Check, RegExp, string, Partial<HostedFile> | undefined]>([
    ['no lines', 'failure', 'html', /neither/, '/', { body: '<p>Page' }],
    [
      'no element',
      'warning',
      'html',
      /no <second-look>/,
      '/',
      { body: LINES.replace(/<second-look>.*/, '') },
    ],
    ['no script tag', 'warning', 'html', /does not load/, '/', { body: '<second-look></second-look>' }],
    [
      'no manifest',
      'failure',
      'manifest',
      /manifest\.json: HTTP 404/,
      '/second-look/manifest.json',
      undefined,
    ],
    [
      'another format',
      'failure',
      'manifest',
      /has format 3; this version of second-look reads format/,
      '/second-look/manifest.json',
      { body: JSON.stringify({ ...MANIFEST, format: 3 }) },
    ],
    [
      'a language less',
      'failure',
      'manifest',
      /manifest\.de\.json: HTTP 404/,
      '/second-look/manifest.de.json',
      undefined,
    ],
    [
      'a file less',
      'failure',
      'files',
      /1 of \d+ files .*keywords\/111111111111\.bin \(HTTP 404\)/,
      '/second-look/keywords/111111111111.bin',
      undefined,
    ],
    [
      'a file that was changed',
      'failure',
      'files',
      /models\/embedder\.json \(2 bytes where there should be 1\)/,
      '/second-look/models/embedder.json',
      { body: '\r\n' },
    ],
    ['no script', 'failure', 'script', /second-look\.js: HTTP 404/, '/second-look/second-look.js', undefined],
    [
      'no worker',
      'failure',
      'script',
      /worker\.abcdefgh\.js \(HTTP 404\)/,
      '/second-look/worker.abcdefgh.js',
      undefined,
    ],
    [
      'scripts as text',
      'failure',
      'types',
      /comes as "text\/plain": browsers refuse/,
      '/second-look/box.abcdefgh.js',
      { headers: { 'content-type': 'text/plain' } },
    ],
    [
      'modules as bytes',
      'failure',
      'types',
      /ort\.mjs comes as "application\/octet-stream"/,
      '/second-look/runtime/ort.mjs',
      { headers: { 'content-type': 'application/octet-stream' } },
    ],
    [
      'WebAssembly as bytes',
      'warning',
      'types',
      /ort\.wasm comes as/,
      '/second-look/runtime/ort.wasm',
      { headers: { 'content-type': 'application/octet-stream' } },
    ],
    [
      'no ranges',
      'failure',
      'ranges',
      /HTTP 200 came, 64 bytes/,
      '/second-look/vectors.0a1b2c3d.bin',
      { wholeOnly: true },
    ],
    [
      'files that are not kept',
      'warning',
      'caching',
      /comes with Cache-Control "max-age=600"/,
      `/second-look/keywords/${'0'.repeat(12)}.bin`,
      { headers: { 'cache-control': 'max-age=600' } },
    ],
    [
      'a script that is kept',
      'warning',
      'caching',
      /second-look\.js comes with Cache-Control .*an old one/,
      '/second-look/second-look.js',
      { headers: KEPT },
    ],
    [
      'an offline script that is kept',
      'warning',
      'caching',
      /offline\.js comes with Cache-Control .*an old one/,
      '/second-look/offline.js',
      { headers: KEPT },
    ],
    [
      'a policy that wants a nonce',
      'failure',
      'policy',
      /script-src does not allow second-look\.js/,
      '/',
      {
        headers: {
          'content-security-policy': POLICY.replace("src 'self'", "src 'self' 'nonce-a' 'strict-dynamic'"),
        },
      },
    ],
    [
      'a policy without WebAssembly',
      'warning',
      'policy',
      /does not allow WebAssembly/,
      '/',
      { headers: { 'content-security-policy': POLICY.replace("'wasm-unsafe-eval'", '') } },
    ],
    [
      'a policy of a meta',
      'failure',
      'policy',
      /script-src does not allow second-look\.js/,
      '/',
      {
        body: `<meta http-equiv="Content-Security-Policy" content="script-src https://cdn.test 'wasm-unsafe-eval'; worker-src *">${LINES}`,
      },
    ],
    [
      'a policy without workers',
      'warning',
      'policy',
      /worker-src does not allow the worker/,
      '/',
      { headers: { 'content-security-policy': POLICY.replace("worker-src 'self'", "worker-src 'none'") } },
    ],
    [
      'a policy without the index',
      'failure',
      'policy',
      /connect-src does not allow the index/,
      '/',
      { headers: { 'content-security-policy': POLICY.replace("connect-src 'self'", "connect-src 'none'") } },
    ],
    [
      'a policy of the worker',
      'warning',
      'policy',
      /does not allow WebAssembly/,
      '/second-look/worker.abcdefgh.js',
      { headers: { 'content-security-policy': "default-src 'self'" } },
    ],
  ])('names %s, and what to do', async (_, status, check, what, path, to) => {
    change(path, to);
    const found = await wrong();
    expect(found.map((one) => [one.status, one.check])).toEqual([[status, check]]);
    expect(found[0]?.what).toMatch(what);
    expect(found[0]?.advice).toMatch(/\.$/);
  });

  it('warns of large scripts that come as they are', async () => {
    const { body } = host.files.get('/second-look/box.abcdefgh.js')!;
    host.files.set('/second-look/box.abcdefgh.js', {
      body: `"worker.abcdefgh.js"${' '.repeat(body.length + 2000)}`,
      headers: { 'content-type': 'text/javascript' },
    });
    expect(await wrong()).toMatchObject([{ status: 'warning', check: 'compression' }]);
  });

  it('looks at an index on another host as a page there would', async () => {
    const other = await startStaticHost({
      '/': page(
        `<second-look index="${host.url}/second-look/"></second-look><script src="/s/second-look.js"></script>`,
      ),
      '/s/second-look.js': script('0'),
    });
    try {
      const look = async (): Promise<Finding[]> =>
        (await examine(other.url)).findings.filter(({ check }) => check === 'cross-origin');
      expect(await look()).toMatchObject([
        { status: 'failure', what: expect.stringContaining('lets no other origin read it') as string },
      ]);
      change('/second-look/manifest.json', { headers: { 'access-control-allow-origin': other.url } });
      expect(await look()).toMatchObject([{ status: 'ok' }]);
      other.files.set('/', page(`<script src="${host.url}/second-look/second-look.js"></script>`));
      expect(await look()).toMatchObject([
        { status: 'failure', what: expect.stringContaining('The script lies on') as string },
      ]);
      const policy = async (sources: string): Promise<Finding[]> => {
        other.files.set('/', {
          ...page(`<script src="${host.url}/second-look/second-look.js"></script>`),
          headers: {
            'content-type': 'text/html',
            'content-security-policy': `script-src ${host.url} 'wasm-unsafe-eval'; worker-src ${sources}`,
          },
        });
        return (await examine(other.url)).findings.filter(({ check }) => check === 'policy');
      };
      expect(await policy(`'self' ${host.url}`)).toMatchObject([{ advice: 'Add blob: to worker-src.' }]);
      expect(await policy('blob:')).toMatchObject([{ status: 'ok' }]);
    } finally {
      other.close();
    }
  });

  it('looks at every index of a page that searches several', async () => {
    for (const [path, hosted] of Object.entries(deployed()))
      if (path.startsWith('/second-look/')) host.files.set(path.replace('second-look', 'blog'), hosted);
    const [scriptTag] = LINES.split('<second-look>');
    change('/', { body: `${scriptTag}<second-look index=" /second-look/ /blog"></second-look>` });
    expect(await wrong()).toEqual([]);
    expect((await examine(host.url)).index).toBe(`${host.url}/second-look/ ${host.url}/blog/`);
    change('/blog/manifest.de.json', undefined);
    expect(await wrong()).toMatchObject([
      {
        check: 'manifest',
        what: expect.stringMatching(/^http.*\/blog\/: .*manifest\.de\.json: HTTP 404/) as string,
      },
    ]);
  });

  it('says where a redirect leads, and where one leads astray', async () => {
    const to = (location: string): HostedFile => ({ body: '', status: 301, headers: { location } });
    host.files.set('/old', to('/'));
    host.files.set('/gone', to('/nowhere.html'));
    host.files.set('/loop', to('/loop'));
    host.files.set('/paper.pdf', { body: '%PDF', headers: { 'content-type': 'application/pdf' } });
    const { page, findings } = await examine(`${host.url}/old`);
    expect(page).toBe(`${host.url}/`);
    expect(findings[0]).toMatchObject({ check: 'address', what: `${host.url}/old leads to ${host.url}/` });
    expect((await examine(`${host.url}/#top`)).findings.map(({ check }) => check)).not.toContain('address');
    expect(await wrong('/gone')).toMatchObject([
      { what: expect.stringMatching(/\/gone leads to .*\/nowhere\.html: HTTP 404/) as string },
    ]);
    expect(await wrong('/loop')).toMatchObject([
      { advice: expect.stringContaining('look at the rules of the host') as string },
    ]);
    expect(await wrong('/paper.pdf')).toMatchObject([
      { what: `${host.url}/paper.pdf: it is no HTML but application/pdf` },
    ]);
  });

  it('says what does not answer, and refuses what is no address', async () => {
    expect(await wrong('/nowhere.html')).toMatchObject([
      { status: 'failure', what: expect.stringContaining('HTTP 404') as string },
    ]);
    const gone = await startStaticHost({});
    gone.close();
    expect((await examine(gone.url)).findings).toMatchObject([
      { check: 'address', what: expect.stringContaining('ECONNREFUSED') as string },
    ]);
    for (const address of ['dist', 'file:///dist', 'ftp://host/'])
      await expect(examine(address)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
