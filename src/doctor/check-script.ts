import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../engine/errors.js';
import { PACKAGE_ROOT, VERSION } from '../indexer/package-root.js';
import { type Answer, ask, askAll } from './ask.js';
import { failure, type Finding, ok, warning } from './finding.js';
import { isScriptType } from './media-types.js';

/** What the page loads: the script, and the worker that it starts. */
export interface DeployedScript {
  /** Everything that came, the entry first. */
  files: Answer[];
  worker: Answer | undefined;
  findings: Finding[];
}

/** Names of the files that a script of ours loads: they carry a hash. */
const PARTS = /["'`](?:\.\/)?([a-z][\w-]*\.[\w-]{8}\.js)["'`]/gi;

/**
 * Checks `second-look.js` with all that it may load.
 * @param generator what wrote the index
 */
export async function checkScript(script: URL, generator: string | undefined): Promise<DeployedScript> {
  const entry = await load(script);
  if (typeof entry === 'string')
    return {
      ...{ files: [], worker: undefined },
      findings: [
        failure(
          'script',
          `${script.href}: ${entry}`,
          'Index without --no-script and upload the whole folder, or name the script where it is in the page.',
        ),
      ],
    };
  const { files, missing } = await loadParts(entry);
  return {
    files,
    worker: files.find(({ url }) => /\/worker\.[\w-]+\.js$/.test(url.pathname)),
    findings: [
      missing.length > 0
        ? failure(
            'script',
            `Of what second-look.js loads, this is not there: ${missing.join('; ')}`,
            'Upload the whole index folder: the script and its parts are of one version.',
          )
        : ok('script', `second-look.js is there with its ${files.length - 1} parts`),
      ...(await checkVersion(entry, generator)),
      ...checkTypes(files),
    ],
  };
}

async function loadParts(entry: Answer): Promise<{ files: Answer[]; missing: string[] }> {
  const files = [entry];
  const missing: string[] = [];
  const known = new Set<string>();
  for (let next = [entry]; next.length > 0;) {
    const names = next.flatMap(({ bytes }) =>
      [...new TextDecoder().decode(bytes).matchAll(PARTS)].map(([, name]) => name!),
    );
    const unknown = [...new Set(names)].filter((name) => !known.has(name));
    for (const name of unknown) known.add(name);
    const loaded = await askAll(unknown, (name) => load(new URL(name, entry.url)));
    missing.push(
      ...loaded.flatMap((one, at) => (typeof one === 'string' ? [`${unknown[at]} (${one})`] : [])),
    );
    next = loaded.filter((one) => typeof one !== 'string');
    files.push(...next);
  }
  return { files, missing };
}

/** Asks as browsers do, which take compressed files; text says why there is none. */
async function load(url: URL): Promise<Answer | string> {
  try {
    const answer = await ask(url, { headers: { 'accept-encoding': 'gzip, br' } });
    return answer.status === 200 ? answer : `HTTP ${answer.status}`;
  } catch (error) {
    return messageOf(error);
  }
}

/** The script has no version in it; its parts' hashes tell one build from another. */
async function checkVersion(entry: Answer, generator: string | undefined): Promise<Finding[]> {
  const ours = await readFile(join(PACKAGE_ROOT, 'dist/browser/second-look.js')).catch(() => undefined);
  if (!ours || generator === undefined) return [];
  const isOurs = ours.equals(entry.bytes);
  const isOfIndex = generator === `second-look ${VERSION}`;
  if (isOurs && isOfIndex) return [ok('script', `The script and the index are of this version, ${VERSION}`)];
  return [
    warning(
      'script',
      isOurs
        ? `The script is of version ${VERSION}, the index was written by ${generator}`
        : isOfIndex
          ? `The script is not the one of ${generator}, which wrote the index`
          : `The index was written by ${generator}; this is ${VERSION}, which cannot tell whether the script fits`,
      'Index again with the version that the script is to have, and upload the whole folder.',
    ),
  ];
}

function checkTypes(files: readonly Answer[]): Finding[] {
  const wrong = files.filter(({ headers }) => !isScriptType(headers.get('content-type')));
  if (wrong.length === 0) return [ok('types', 'Scripts have the type of scripts')];
  const { url, headers } = wrong[0]!;
  return [
    failure(
      'types',
      `${url.pathname} comes as "${headers.get('content-type') ?? ''}": browsers refuse such a module`,
      'Have the host send .js files as text/javascript.',
    ),
  ];
}
