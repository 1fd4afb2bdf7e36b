/** A policy's directives by name, each with its sources. The first of a name counts, as in browsers. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** What falls back on what (CSP level 3, "directive fallback list"). */
const FALLBACK: Record<string, readonly string[]> = {
  'script-src-elem': ['script-src-elem', 'script-src', 'default-src'],
  'script-src': ['script-src', 'default-src'],
  'worker-src': ['worker-src', 'child-src', 'script-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
};

/** Reads the policies of a header or a meta, with commas between; all of them hold. */
export function parsePolicies(text: string): Policy[] {
  return text
    .split(',')
    .map((policy) => {
      const directives = new Map<string, string[]>();
      for (const directive of policy.split(';')) {
        const [name, ...sources] = directive.trim().split(/\s+/);
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
      }
      return directives;
    })
    .filter(({ size }) => size > 0);
}

/** The sources that hold for a directive; undefined where the policy leaves all open. */
export function sourcesOf(policy: Policy, directive: keyof typeof FALLBACK): readonly string[] | undefined {
  return FALLBACK[directive]?.map((name) => policy.get(name)).find((sources) => sources !== undefined);
}

/** Whether a policy lets a page load a URL; nonces and hashes are not looked at. */
export function allows(policy: Policy, directive: keyof typeof FALLBACK, url: URL, page: URL): boolean {
  const sources = sourcesOf(policy, directive);
  return sources === undefined || sources.some((source) => matches(source, url, page));
}

/** Whether a policy lets WebAssembly run. */
export function allowsWasm(policy: Policy): boolean {
  const sources = sourcesOf(policy, 'script-src')?.map((source) => source.toLowerCase());
  return !sources || sources.some((source) => source === "'wasm-unsafe-eval'" || source === "'unsafe-eval'");
}

function matches(source: string, url: URL, page: URL): boolean {
  const word = source.toLowerCase();
  // Of these a page may make any itself, so that neither its own origin nor any host stands for them.
  if (url.protocol === 'blob:') return word === 'blob:';
  if (word === "'self'") return url.origin === page.origin;
  if (word === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol;
  if (/^[a-z][a-z0-9+.-]*:$/.test(word)) return isScheme(word, url);
  const parts = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^/:']+)(?::(\d+|\*))?(\/.*)?$/i.exec(source);
  if (!parts) return false;
  const [, scheme = page.protocol, written = '', port, path] = parts;
  const host = written.toLowerCase();
  return (
    isScheme(scheme.toLowerCase(), url) &&
    (host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host) &&
    (port === '*' || port === portOf(url) || (port === undefined && url.port === '')) &&
    (path === undefined || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path))
  );
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

/** A source for http is one for https too. */
function isScheme(scheme: string, { protocol }: URL): boolean {
  return protocol === scheme || (scheme === 'http:' && protocol === 'https:');
}
