import { messageOf } from '../engine/errors.js';
import type { FileEntry } from '../engine/index-file/file-entry.js';
import type { Manifest } from '../engine/index-file/manifest.js';
import { ask, askAll } from './ask.js';
import { failure, type Finding, ok } from './finding.js';
import { filesOf } from '../engine/index-file/files-of.js';

const MOST_NAMED = 5;

/** Whether every file that the manifests name is there, with the length that they say. */
export async function checkFiles(index: URL, manifests: readonly Manifest[]): Promise<Finding[]> {
  const files = [
    ...new Map(manifests.flatMap((manifest) => filesOf(manifest)).map((file) => [file.path, file])).values(),
  ];
  if (files.length === 0) return [];
  const faults = (await askAll(files, (file) => faultOf(index, file))).filter((fault) => fault !== undefined);
  if (faults.length === 0) {
    const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    return [ok('files', `All ${files.length} files are there, ${megabytes.toFixed(1)} MB`)];
  }
  const named = faults.slice(0, MOST_NAMED).join('; ');
  const more = faults.length > MOST_NAMED ? `; and ${faults.length - MOST_NAMED} more` : '';
  return [
    failure(
      'files',
      `${faults.length} of ${files.length} files are not as the manifest says: ${named}${more}`,
      'Upload the whole index folder as it is. Where lengths differ, something changed files on their way: Git ' +
        '(mark them "-text" in .gitattributes), a build step, or a host that rewrites what it serves.',
    ),
  ];
}

async function faultOf(index: URL, { path, bytes }: FileEntry): Promise<string | undefined> {
  try {
    const found = await lengthOf(new URL(path, index));
    if (typeof found === 'string') return `${path} (${found})`;
    return found === bytes ? undefined : `${path} (${found} bytes where there should be ${bytes})`;
  } catch (error) {
    return `${path} (${messageOf(error)})`;
  }
}

/** A file's length, without loading it where the host says it; text where there is none. */
async function lengthOf(url: URL): Promise<number | string> {
  const headers = { 'accept-encoding': 'identity' };
  const head = await ask(url, { method: 'HEAD', headers });
  const length = head.headers.get('content-length');
  if (head.status === 200 && length !== null && !head.headers.has('content-encoding')) return Number(length);
  if (head.status === 404 || head.status === 403) return `HTTP ${head.status}`;
  const { status, bytes } = await ask(url, { headers });
  return status === 200 ? bytes.length : `HTTP ${status}`;
}
