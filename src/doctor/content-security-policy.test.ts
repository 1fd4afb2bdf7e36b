import { describe, expect, it } from 'vitest';
import { allows, allowsWasm, parsePolicies } from './content-security-policy.js';

const PAGE = new URL('https://docs.test/guide/');
const allowed = (policy: string, url: string): boolean =>
  parsePolicies(policy).every((one) => allows(one, 'script-src', new URL(url, PAGE), PAGE));

describe('a Content Security Policy', () => {
  it.each([
    ["script-src 'self'", '/a.js', true],
    ["SCRIPT-SRC 'SELF'", '/a.js', true],
    ["script-src 'self'", 'https://cdn.test/a.js', false],
    ["script-src 'none'", '/a.js', false],
    ["default-src 'none'", '/a.js', false],
    ["default-src 'none'; script-src 'self'", '/a.js', true],
    ["script-src 'self'; script-src 'none'", '/a.js', true],
    ["script-src 'self', script-src 'none'", '/a.js', false],
    ['img-src https:', '/a.js', true],
    ['script-src *', 'https://cdn.test/a.js', true],
    ['script-src https:', 'https://cdn.test/a.js', true],
    ['script-src http:', 'https://cdn.test/a.js', true],
    ['script-src cdn.test', 'https://cdn.test/a.js', true],
    ['script-src CDN.test', 'https://cdn.test/a.js', true],
    ['script-src cdn.test', 'http://cdn.test/a.js', false],
    ['script-src *.test', 'https://a.b.test/a.js', true],
    ['script-src *.docs.test', '/a.js', false],
    ['script-src https://cdn.test:443', 'https://cdn.test/a.js', true],
    ['script-src cdn.test:8080', 'https://cdn.test/a.js', false],
    ['script-src cdn.test:*', 'https://cdn.test:8080/a.js', true],
    ['script-src cdn.test/Lib/', 'https://cdn.test/Lib/a.js', true],
    ['script-src cdn.test/lib/', 'https://cdn.test/Lib/a.js', false],
    ['script-src cdn.test/a.js', 'https://cdn.test/a.js', true],
    ["script-src 'nonce-abc' 'unsafe-inline'", '/a.js', false],
    ["script-src 'self' 'nonce-abc' 'Strict-Dynamic'", '/a.js', false],
  ])('%s for %s: %s', (policy, url, expected) => {
    expect(allowed(policy, url)).toBe(expected);
  });

  it('lets workers run by worker-src, child-src, script-src, default-src', () => {
    const worker = (policy: string): boolean =>
      parsePolicies(policy).every((one) => allows(one, 'worker-src', new URL('/w.js', PAGE), PAGE));
    expect(worker("default-src 'none'; script-src 'self'")).toBe(true);
    expect(worker("script-src 'self'; child-src 'none'")).toBe(false);
    expect(worker("child-src 'none'; worker-src 'self'")).toBe(true);
    expect(worker("script-src 'nonce-abc' 'strict-dynamic'")).toBe(true);
    expect(worker("script-src 'strict-dynamic'; worker-src 'none'")).toBe(false);
  });

  it('lets WebAssembly run by a word of script-src', () => {
    const wasm = (policy: string): boolean => parsePolicies(policy).every(allowsWasm);
    expect(wasm("script-src 'self' 'wasm-unsafe-eval'")).toBe(true);
    expect(wasm("default-src 'unsafe-eval'")).toBe(true);
    expect(wasm("script-src 'self'")).toBe(false);
    expect(wasm('img-src *')).toBe(true);
  });
});
