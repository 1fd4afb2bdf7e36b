import { messageOf } from '../engine/errors.js';
import { type Manifest, parseManifest } from '../engine/index-file/manifest.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { ask } from './ask.js';
import { failure, type Finding, ok } from './finding.js';

/** Reads the manifests of all languages, as far as they can be read. */
export async function checkManifests(index: URL): Promise<{ manifests: Manifest[]; findings: Finding[] }> {
  const main = await readManifest(new URL(MANIFEST, index));
  if (!('manifest' in main)) return { manifests: [], findings: [main] };
  const manifests = [main.manifest];
  const findings: Finding[] = [];
  for (const language of main.manifest.languages?.slice(1) ?? []) {
    const other = await readManifest(new URL(manifestOf(language), index));
    if ('manifest' in other) manifests.push(other.manifest);
    else findings.push(other);
  }
  const { generator, format, counts, remote } = main.manifest;
  const languages = manifests.map(({ language }) => language).join(', ');
  const what = remote === undefined ? `${counts.pages} pages, ${languages}` : 'a search engine has the pages';
  return {
    manifests,
    findings: [ok('manifest', `Written by ${generator}, format ${format}: ${what}`), ...findings],
  };
}

async function readManifest(url: URL): Promise<{ manifest: Manifest } | Finding> {
  let status: number;
  let bytes: Uint8Array;
  try {
    ({ status, bytes } = await ask(url));
  } catch (error) {
    return failure(
      'manifest',
      `${url.href}: ${messageOf(error)}`,
      'Start the host, or name another address.',
    );
  }
  if (status !== 200)
    return failure(
      'manifest',
      `${url.href}: HTTP ${status}`,
      'Upload the whole index folder; if it lies elsewhere, say where: <second-look index="/path/">.',
    );
  try {
    return { manifest: parseManifest(bytes, url.href) };
  } catch (error) {
    return failure(
      'manifest',
      messageOf(error),
      'Index the site and upload all of it with one version of second-look.',
    );
  }
}
