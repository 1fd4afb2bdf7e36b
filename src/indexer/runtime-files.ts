import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Runtime } from '../engine/model/open-model.js';
import { configureRuntime, createWasmSession } from '../engine/model/wasm-session.js';
import { PACKAGE_ROOT } from './package-root.js';

export const RUNTIME_NAME = 'ort-wasm-simd-threaded';

/**
 * ONNX Runtime's WebAssembly, or its loader. The build has copied both into the package: onnxruntime-web is ten times as
 * large, with what nothing here uses.
 */
export function runtimeFile(extension: 'mjs' | 'wasm'): string {
  const name = `${RUNTIME_NAME}.${extension}`;
  const copied = join(PACKAGE_ROOT, 'dist/runtime', name);
  if (existsSync(copied)) return copied;
  return join(dirname(createRequire(import.meta.url).resolve(`onnxruntime-web/${RUNTIME_NAME}.wasm`)), name);
}

/** Readies ONNX Runtime's WebAssembly in Node. */
export async function openWasmRuntime(): Promise<Runtime> {
  const { buffer } = new Uint8Array(await readFile(runtimeFile('wasm')));
  configureRuntime(pathToFileURL(runtimeFile('mjs')).href, buffer);
  return { createSession: createWasmSession };
}
