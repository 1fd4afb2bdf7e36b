import { messageOf } from '../engine/errors.js';
import type { Manifest } from '../engine/index-file/manifest.js';
import { type Answer, ask } from './ask.js';
import { failure, type Finding, ok, warning } from './finding.js';
import { filesOf } from '../engine/index-file/files-of.js';
import { isScriptType } from './media-types.js';

/** What has no hash in its name. */
const SAME_NAMES = 'manifest*.json, browser-files.json, second-look.js, search.js and offline.js';
const A_DAY = 86_400;
/** Smaller files gain nothing by compression. */
const SMALL = 1400;

/** Whether 1-bit vectors, whose rows are read in parts, can be read so. */
export async function checkRanges(index: URL, manifests: readonly Manifest[]): Promise<Finding[]> {
  const rows = manifests.find(({ vectors }) => vectors?.mode === 'binary')?.vectors?.rows;
  if (!rows) return [];
  const advice =
    'Have the host answer Range requests, without compressing what it sends so; or index with --vectors flat.';
  try {
    const { status, headers, bytes } = await ask(new URL(rows.path, index), {
      headers: { range: 'bytes=16-31', 'accept-encoding': 'gzip, br' },
    });
    const whole = status === 206 && bytes.length === 16 && !headers.has('content-encoding');
    return [
      whole && headers.get('content-range')?.startsWith('bytes 16-31/')
        ? ok('ranges', 'Vectors can be read in parts')
        : failure(
            'ranges',
            `16 bytes of ${rows.path} were asked for; HTTP ${status} came, ${bytes.length} bytes`,
            advice,
          ),
    ];
  } catch (error) {
    return [failure('ranges', `${rows.path}: ${messageOf(error)}`, advice)];
  }
}

/** Whether ONNX Runtime's files come with the types that browsers want, where the index has them. */
export async function checkRuntimeTypes(index: URL, manifests: readonly Manifest[]): Promise<Finding[]> {
  const runtime = manifests.find(({ runtime }) => runtime)?.runtime;
  if (!runtime) return [];
  try {
    const type = async (path: string): Promise<string> =>
      (await ask(new URL(path, index), { method: 'HEAD' })).headers.get('content-type') ?? '';
    const [module, binary] = [await type(runtime.module.path), await type(runtime.binary.path)];
    return [
      isScriptType(module)
        ? ok('types', '.mjs files have the type of scripts')
        : failure(
            'types',
            `${runtime.module.path} comes as "${module}": browsers refuse such a module`,
            'Have the host send .mjs files as text/javascript.',
          ),
      /^application\/wasm\b/i.test(binary)
        ? ok('types', '.wasm files have the type of WebAssembly')
        : warning(
            'types',
            `${runtime.binary.path} comes as "${binary}": browsers start it more slowly`,
            'Have the host send .wasm files as application/wasm.',
          ),
    ];
  } catch (error) {
    return [failure('types', messageOf(error), 'Upload the whole index folder.')];
  }
}

/** Whether what is text comes compressed: other files of an index are packed already. */
export function checkCompression(scripts: readonly Answer[]): Finding[] {
  const large = scripts.filter(({ bytes }) => bytes.length > SMALL);
  if (large.length === 0) return [];
  const plain = large.filter(({ headers }) => !headers.has('content-encoding'));
  if (plain.length === 0) return [ok('compression', 'Scripts come compressed')];
  const kilobytes = plain.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1000;
  return [
    warning(
      'compression',
      `${plain.length} scripts come as they are, ${kilobytes.toFixed(0)} kB in all; packed they would be about a third`,
      'Have the host compress .js and .json files (gzip or Brotli).',
    ),
  ];
}

/** Whether files that never change are kept by browsers. */
export async function checkKept(index: URL, manifests: readonly Manifest[]): Promise<Finding[]> {
  const file = manifests.flatMap((manifest) => filesOf(manifest))[0];
  if (!file) return [];
  const answer = await ask(new URL(file.path, index), { method: 'HEAD' }).catch(() => undefined);
  const control = controlOf(answer);
  return [
    isKept(control)
      ? ok('caching', 'Files whose name is of their content are kept by browsers')
      : warning(
          'caching',
          `${file.path} comes with Cache-Control "${control}": visitors ask for it again and again`,
          `Have the host send "public, max-age=31536000, immutable" for the index folder, but for ${SAME_NAMES}. ` +
            'Where a host does not let you (GitHub Pages), the search works all the same.',
        ),
  ];
}

/** Whether the scripts whose names stay are not kept for long: the one of the page, and those beside it. */
export async function checkRenewed(script: Answer | undefined): Promise<Finding[]> {
  if (!script) return [];
  const beside = ['search.js', 'offline.js'].map((name) =>
    ask(new URL(name, script.url), { method: 'HEAD' }).catch(() => undefined),
  );
  return [script, ...(await Promise.all(beside))]
    .filter((answer) => answer?.status === 200 && isKept(controlOf(answer)))
    .map((answer) =>
      warning(
        'caching',
        `${answer!.url.pathname} comes with Cache-Control "${controlOf(answer)}": visitors keep an old one after an update`,
        `Have the host send "no-cache" for ${SAME_NAMES}, whose names stay the same.`,
      ),
    );
}

function controlOf(answer: Answer | undefined): string {
  return answer?.headers.get('cache-control') ?? '';
}

function isKept(control: string): boolean {
  const age = Number(/\bmax-age=(\d+)/i.exec(control)?.[1] ?? 0);
  return !/\bno-(store|cache)\b/i.test(control) && (/\bimmutable\b/i.test(control) || age >= A_DAY);
}
