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
  return policy.get(nameOf(policy, directive) ?? '');
}

/**
 * Whether a policy lets a page load a URL; nonces and hashes are not looked at. With 'strict-dynamic' no address lets a
 * script in, but scripts that are in let in what they load, workers among it.
 */
export function allows(policy: Policy, directive: keyof typeof FALLBACK, url: URL, page: URL): boolean {
  const sources = sourcesOf(policy, directive);
  if (sources === undefined) return true;
  if (isStrict(policy, directive)) return directive === 'worker-src';
  return sources.some((source) => matches(source, url, page));
}

/** Whether a policy has 'strict-dynamic' where it holds for what a directive is asked of. */
export function isStrict(policy: Policy, directive: keyof typeof FALLBACK): boolean {
  const ofScripts = directive !== 'connect-src' && !/^(worker|child)-/.test(nameOf(policy, directive) ?? '');
  return ofScripts && hasWord(sourcesOf(policy, directive), "'strict-dynamic'");
}

function nameOf(policy: Policy, directive: keyof typeof FALLBACK): string | undefined {
  return FALLBACK[directive]?.find((name) => policy.has(name));
}

function hasWord(sources: readonly string[] | undefined, word: string): boolean {
  return sources?.some((source) => source.toLowerCase() === word) ?? false;
}

/** Whether a policy lets WebAssembly run. */
export function allowsWasm(policy: Policy): boolean {
  const sources = sourcesOf(policy, 'script-src');
  return !sources || hasWord(sources, "'wasm-unsafe-eval'") || hasWord(sources, "'unsafe-eval'");
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
