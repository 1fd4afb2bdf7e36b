import { messageOf, SearchError } from '../engine/errors.js';
import { checkFiles } from './check-files.js';
import { checkCompression, checkKept, checkRanges, checkRenewed, checkRuntimeTypes } from './check-host.js';
import { checkManifests } from './check-manifests.js';
import { checkHtml, checkOrigins } from './check-page.js';
import { checkPolicy } from './check-policy.js';
import { checkScript } from './check-script.js';
import { findIndex, type Found, type NotFound } from './find-index.js';
import { failure, type Finding, ok, warning } from './finding.js';

/** What was found of a deployed search. */
export interface Diagnosis {
  /** The index folder, or several with spaces between; undefined where nothing answered. */
  index: string | undefined;
  /** The page; undefined where the folder was named. */
  page: string | undefined;
  findings: Finding[];
}

/**
 * Looks at a deployed search as a visitor's browser would, over HTTP.
 * @param address of the page that has the search, or of the index folder
 * @throws SearchError `bad-option` when it is no address on the web
 */
export async function examine(address: string): Promise<Diagnosis> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SearchError(
      'bad-option',
      `"${address}" is no address on the web. Name the page that has the search, or its index folder, such as ` +
        'https://example.org/second-look/; for a folder on disk, "second-look serve" it first.',
    );
  let found: Found | NotFound;
  try {
    found = await findIndex(url);
  } catch (error) {
    const reason = messageOf(error);
    return nothing(
      `${url.href}: ${reason}`,
      reason.includes('redirect')
        ? 'Its redirects lead in a circle, or nowhere: look at the rules of the host.'
        : 'Start the host, or name another address.',
    );
  }
  if ('status' in found)
    return nothing(
      `${led(url, found.url) ?? url.href}: ${found.status === 200 ? `it is no HTML but ${found.type}` : `HTTP ${found.status}`}`,
      'Name the page that has the search, or its index folder.',
    );
  const leads = led(url, found.page?.url ?? found.indexes[0]!);
  return {
    index: found.indexes.map(({ href }) => href).join(' '),
    page: found.page?.url.href,
    findings: [...(leads === undefined ? [] : [ok('address', leads)]), ...(await findingsOf(found))],
  };
}

/** Where a host redirects to, where it does; to a slash at the end is nowhere else. */
function led(from: URL, to: URL): string | undefined {
  const bare = ({ href }: URL): string => href.replace(/#.*$/, '').replace(/(\/manifest[^/]*\.json|\/)$/, '');
  return bare(from) === bare(to) ? undefined : `${from.href} leads to ${to.href}`;
}

async function findingsOf({ indexes, page }: Found): Promise<Finding[]> {
  const read = await Promise.all(indexes.map(async (index) => ({ index, ...(await checkManifests(index)) })));
  const scriptUrl = page?.script ?? new URL('second-look.js', indexes[0]);
  const script = await checkScript(scriptUrl, read[0]?.manifests[0]?.generator);
  // Without a page that names the script, a bundle may have it.
  const bundled = !page?.script && script.files.length === 0;
  const hasModels = read.some(({ manifests }) =>
    manifests.some(({ embedder, reranker }) => embedder ?? reranker),
  );
  const ofIndexes = await Promise.all(
    read.map(async ({ index, manifests, findings }) => {
      const all = [
        ...findings,
        ...(await checkFiles(index, manifests)),
        ...(await checkRuntimeTypes(index, manifests)),
        ...(await checkRanges(index, manifests)),
        ...(await checkKept(index, manifests)),
      ];
      return indexes.length === 1 ? all : all.map((one) => ({ ...one, what: `${index.href}: ${one.what}` }));
    }),
  );
  return [
    ...(page ? checkHtml(page, indexes[0]!) : []),
    ...(page ? checkPolicy({ page, indexes, script: scriptUrl, worker: script.worker, hasModels }) : []),
    ...(page ? await checkOrigins(page, indexes, page.script) : []),
    ...(bundled
      ? [
          warning(
            'script',
            'There is no second-look.js beside the index',
            'Index without --no-script, unless a bundle of yours has it.',
          ),
        ]
      : script.findings),
    ...ofIndexes.flat(),
    ...checkCompression(script.files),
    ...(await checkRenewed(script.files[0])),
  ];
}

function nothing(what: string, advice: string): Diagnosis {
  return { index: undefined, page: undefined, findings: [failure('address', what, advice)] };
}
