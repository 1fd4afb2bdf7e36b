import { messageOf } from '../engine/errors.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { ask } from './ask.js';
import type { SearchPage } from './find-index.js';
import { failure, type Finding, ok, warning } from './finding.js';

/** Whether the page has the two lines of HTML that the search takes. */
export function checkHtml({ script, hasElement }: SearchPage, index: URL): Finding[] {
  const tag = `<script type="module" src="${index.pathname}second-look.js"></script>`;
  if (script && hasElement) return [ok('html', 'The page has the script and the element')];
  if (!script && !hasElement)
    return [
      failure(
        'html',
        'The HTML of the page has neither second-look.js nor <second-look>',
        `Add ${tag} and <second-look></second-look>; or name the page that has them.`,
      ),
    ];
  return [
    script
      ? warning(
          'html',
          'The HTML of the page has no <second-look>',
          'Add <second-look></second-look>, unless a script of yours makes it.',
        )
      : warning(
          'html',
          'The HTML of the page does not load second-look.js',
          `Add ${tag}, unless a bundle of yours has it.`,
        ),
  ];
}

/** Whether a page may read an index, and run a script, that lie on another host. */
export async function checkOrigins(
  { url: page }: SearchPage,
  indexes: readonly URL[],
  script: URL | undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [url, what] of [
    ...indexes.map((index) => [new URL(MANIFEST, index), 'index'] as const),
    [script, 'script'],
  ] as const)
    if (url && url.origin !== page.origin) findings.push(await checkSharing(page, url, what));
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(page.hostname);
  if (page.protocol === 'http:' && !isLocal)
    findings.push(
      warning(
        'address',
        'The page is not served over HTTPS: browsers keep no models for the next visit, and check no hashes',
        'Serve the site over HTTPS.',
      ),
    );
  return findings;
}

/** Whether a host lets pages of another origin read what they need of it. */
async function checkSharing(page: URL, url: URL, what: 'index' | 'script'): Promise<Finding> {
  const advice = `Have ${url.origin} send "Access-Control-Allow-Origin: ${page.origin}" with every file of the ${what}.`;
  try {
    const { headers } = await ask(url, { headers: { origin: page.origin } });
    const allowed = headers.get('access-control-allow-origin');
    return allowed === '*' || allowed === page.origin
      ? ok('cross-origin', `${url.origin} lets the page read the ${what} (CORS)`)
      : failure(
          'cross-origin',
          `The ${what} lies on ${url.origin}, which lets ${allowed ?? 'no other origin'} read it`,
          advice,
        );
  } catch (error) {
    return failure('cross-origin', `${url.href}: ${messageOf(error)}`, advice);
  }
}
