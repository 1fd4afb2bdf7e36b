import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/engine/errors.js';
import { machine } from '../../src/evaluate/machine.js';
import { bertOnnx } from './bert-onnx.js';
import { describeAdapter } from './describe-adapter.js';
import {
  CANDIDATES,
  type CheckedModel,
  randomMiniLm,
  readReranker,
  roundedWeights,
  TOKENS,
} from './models.js';
import {
  loadOnnxRuntime,
  measureOnnx,
  type OnnxRow,
  type OnnxRuntime,
  type Provider,
  rowOf,
} from './onnx-runtime.js';
import { measureOwn, type OwnFigures } from './own-encoder.js';
import { roundTrip } from './round-trip.js';
import { startWebGpu } from './start-webgpu.js';
import type { Runs } from './timing.js';

const USAGE = `node bench/webgpu-on-node/run.mjs --dawn FILE [--json FILE] [--software]

In the repository's root: runs the reranker on this machine's graphics processor, by the WebGPU of Dawn for Node, and
prints what it found as JSON. FILE is dist/linux-x64/dawn.node of the npm package webgpu.
  --backend NAME       of Dawn (default vulkan)
  --json FILE          write there too, after every step
  --model FOLDER       (default models/reranker-v1)
  --onnxruntime FOLDER dist/ of onnxruntime-web (default node_modules/onnxruntime-web/dist)
  --runs N             on the graphics processor (default 30)
  --wasm-runs N        (default 2)
  --only NAME          own or onnx: leave the other out
  --models N           1: without the larger shape (default 2)
  --software           software that acts as a graphics processor will do`;

interface Report {
  date: string;
  machine: string;
  adapter: ReturnType<typeof describeAdapter>;
  /** Of next to nothing, in ms. */
  roundTrip?: number;
  inputs: string;
  onnxruntime?: string;
  models: Record<string, ModelReport>;
  failures: string[];
}

interface ModelReport {
  own?: Omit<OwnFigures, 'scores'>;
  onnxruntime: Record<string, OnnxRow>;
}

/** What Dawn waits for does not keep Node alive. */
const AWAKE = 1000;

export async function run(argv: string[]): Promise<void> {
  setInterval(() => undefined, AWAKE);
  try {
    await check(argv);
  } catch (error) {
    process.stderr.write(`webgpu-on-node: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
  process.exit();
}

async function check(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      dawn: { type: 'string' },
      backend: { type: 'string', default: 'vulkan' },
      json: { type: 'string' },
      model: { type: 'string', default: 'models/reranker-v1' },
      onnxruntime: { type: 'string', default: 'node_modules/onnxruntime-web/dist' },
      runs: { type: 'string', default: '30' },
      'wasm-runs': { type: 'string', default: '2' },
      only: { type: 'string' },
      models: { type: 'string', default: '2' },
      software: { type: 'boolean', default: false },
    },
  });
  if (!values.dawn) throw new Error(`it needs --dawn.\n\n${USAGE}`);
  startWebGpu(values.dawn, [`backend=${values.backend}`]);
  const adapter = await openAdapter(values.software);
  const report: Report = {
    date: new Date().toISOString(),
    machine: machine(),
    adapter,
    inputs: `${CANDIDATES} pairs of ${TOKENS} tokens; times in ms`,
    models: {},
    failures: [],
  };
  /** A step that fails is told of, and the next one goes on. */
  const step: Step = async (name, work) => {
    process.stderr.write(`${name} … `);
    const began = performance.now();
    try {
      return await work();
    } catch (error) {
      report.failures.push(`${name}: ${messageOf(error)}`);
      return undefined;
    } finally {
      process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`);
      if (values.json) await writeFile(values.json, jsonOf(report));
    }
  };
  const runs = { gpu: Number(values.runs), wasm: Number(values['wasm-runs']) };
  await step('round trip', async () => {
    report.roundTrip = await roundTrip(runs.gpu);
  });
  const reranker = await readReranker(values.model, 'README.md');
  const own = new Map<CheckedModel, number[]>();
  const models = [reranker, ...(values.models === '1' ? [] : [randomMiniLm(reranker.pairs)])];
  // Our own first: where time runs out, it is there.
  for (const model of models) {
    const of: ModelReport = (report.models[model.name] = { onnxruntime: {} });
    if (values.only === 'onnx') continue;
    await step(`${model.name}, own encoder`, async () => {
      const { scores, ...figures } = await measureOwn(model, runs, adapter.isFallbackAdapter);
      own.set(model, scores);
      of.own = figures;
    });
  }
  const ort =
    values.only === 'own' ? undefined : await step('onnxruntime', () => loadOnnxRuntime(values.onnxruntime));
  if (ort) report.onnxruntime = ort.env.versions.web!;
  for (const model of ort ? models : []) {
    const rows = report.models[model.name]!.onnxruntime;
    await measureFiles(ort!, model, adapter.shaderF16, runs, own.get(model), rows, step);
  }
  process.stdout.write(jsonOf(report));
  if (report.failures.length > 0) throw new Error(`failed in part: ${report.failures.join('; ')}`);
}

type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result | undefined>;

/** A model's ONNX files on one thread of WebAssembly and on the graphics processor. */
async function measureFiles(
  ort: OnnxRuntime,
  model: CheckedModel,
  hasF16: boolean,
  runs: Runs,
  own: number[] | undefined,
  rows: Record<string, OnnxRow>,
  step: Step,
): Promise<void> {
  const weights = roundedWeights(model.weights);
  // WebAssembly has no float16 to compute with, so nobody gives it such files.
  const files: OnnxFile[] = [
    { type: 'fp32', write: () => bertOnnx(weights, false), providers: ['wasm', 'webgpu'] },
    ...(hasF16
      ? [{ type: 'fp16', write: () => bertOnnx(weights, true), providers: ['webgpu'] } as OnnxFile]
      : []),
    ...(model.onnx
      ? [{ type: 'int8', write: () => model.onnx!, providers: ['wasm', 'webgpu'] } as OnnxFile]
      : []),
  ];
  const scores: Record<string, number[]> = {};
  for (const { type, write, providers } of files) {
    const file = write();
    for (const provider of providers)
      await step(`${model.name}, ${type}, onnxruntime ${provider}`, async () => {
        const figures = await measureOnnx(ort, file, provider, model.pairs, runs);
        scores[`${type} ${provider}`] = figures.scores;
        // The first is the reference of all: it has the weights of our own encoder, and no other rounding.
        const exact = scores['fp32 wasm'];
        const onWasm = scores[`${type} wasm`];
        rows[`${type} ${provider}`] = rowOf(figures, {
          ...(own && { offOwnOnGpu: own }),
          ...(exact && { offFp32OnWasm: exact }),
          ...(onWasm && { offWasm: onWasm }),
        });
      });
  }
}

interface OnnxFile {
  type: string;
  write: () => Uint8Array;
  providers: readonly Provider[];
}

async function openAdapter(inSoftware: boolean): Promise<ReturnType<typeof describeAdapter>> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new Error('there is no graphics adapter: Vulkan finds no driver, or none that Dawn can use.');
  const described = describeAdapter(adapter);
  if (described.isFallbackAdapter && !inSoftware)
    throw new Error(
      `there is no graphics processor, only software (${described.description}); --software runs on that.`,
    );
  return described;
}

function jsonOf(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
