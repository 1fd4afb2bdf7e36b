import {
  allows,
  allowsWasm,
  isStrict,
  parsePolicies,
  type Policy,
  sourcesOf,
} from './content-security-policy.js';
import type { DeployedScript } from './check-script.js';
import type { SearchPage } from './find-index.js';
import { failure, type Finding, ok, warning } from './finding.js';

export interface PolicyNeeds {
  page: SearchPage;
  indexes: readonly URL[];
  script: URL;
  worker: DeployedScript['worker'];
  /** The index has models, which run in WebAssembly. */
  hasModels: boolean;
}

/** Whether the page's Content Security Policy, and the worker's own, let the search run. */
export function checkPolicy({ page, indexes, script, worker, hasModels }: PolicyNeeds): Finding[] {
  const policies = [page.headers.get('content-security-policy') ?? '', ...page.policies].flatMap(
    parsePolicies,
  );
  // A worker has the policy that comes with its script, and no other.
  const ofWorker = parsePolicies(worker?.headers.get('content-security-policy') ?? '');
  // A worker of another origin is imported by a script that the page makes itself.
  const isOwn = script.origin === page.url.origin;
  const workerUrl = isOwn ? (worker?.url ?? script) : new URL(`blob:${page.url.origin}/`);
  const origin = (url: URL): string =>
    url.protocol === 'blob:' ? 'blob:' : url.origin === page.url.origin ? "'self'" : url.origin;
  const findings: Finding[] = [];
  const against = policies.find((policy) => !allowsScript(policy, script, page));
  if (against)
    findings.push(
      failure(
        'policy',
        'script-src does not allow second-look.js',
        isStrict(against, 'script-src-elem')
          ? "With 'strict-dynamic' no address counts: give the tag of second-look.js the nonce of script-src."
          : `Add ${origin(script)} to script-src.`,
      ),
    );
  if (policies.some((policy) => !allows(policy, 'worker-src', workerUrl, page.url)))
    findings.push(
      warning(
        'policy',
        'worker-src does not allow the worker: the page itself searches, by words alone',
        `Add ${origin(workerUrl)} to worker-src.`,
      ),
    );
  for (const index of indexes)
    if ([...policies, ...ofWorker].some((policy) => !allows(policy, 'connect-src', index, page.url)))
      findings.push(
        failure(
          'policy',
          `connect-src does not allow the index ${index.href}`,
          `Add ${origin(index)} to connect-src.`,
        ),
      );
  if (hasModels && [...policies, ...ofWorker].some((policy) => !allowsWasm(policy)))
    findings.push(
      warning(
        'policy',
        'script-src does not allow WebAssembly: models cannot run, and the search is by words',
        "Add 'wasm-unsafe-eval' to script-src, for the page and for its scripts.",
      ),
    );
  if (findings.length > 0) return findings;
  return [
    ok(
      'policy',
      policies.length > 0 ? 'The policy of the page lets the search run' : 'The page has no policy',
    ),
  ];
}

/** A nonce or a hash in the page may allow a script that no address does; which, the host alone knows. */
function allowsScript(policy: Policy, script: URL, page: SearchPage): boolean {
  const byValue = sourcesOf(policy, 'script-src-elem')?.some((source) => /^'(nonce|sha\d+)-/i.test(source));
  return allows(policy, 'script-src-elem', script, page.url) || (page.trusted && byValue === true);
}
