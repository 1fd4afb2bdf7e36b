import { expect, test } from '@playwright/test';
import { bundleScript } from '../bench/browser/bundle.js';
import { launch } from '../bench/browser/launch.js';
import type { EncoderShape } from '../src/engine/encoder/encoder-shape.js';
import './webgpu/run-on-gpu.js';

/** WebGPU without a graphics processor: slow, and right. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const SHAPE: EncoderShape = {
  ...{ vocabulary: 50, positions: 80, types: 2, width: 96, inner: 144, heads: 3, layers: 2 },
  ...{ epsilon: 1e-12, pooling: 'cls', labels: 1 },
};

test('an encoder gives on WebGPU what plain JavaScript does', async ({ baseURL }) => {
  const script = await bundleScript(new URL('webgpu/run-on-gpu.ts', import.meta.url));
  const browser = await launch(SOFTWARE_GPU);
  try {
    const page = await browser.newPage();
    await page.goto(`${baseURL}/`);
    await page.evaluate(script);
    for (const shape of [SHAPE, { ...SHAPE, pooling: 'mean', labels: 0 } as const]) {
      const outcome = await page.evaluate((of) => runOnGpu(of, [70, 1, 33, 5]), shape);
      test.skip(outcome === undefined, 'This browser has no WebGPU in software.');
      outcome!.plain.forEach((expected, row) =>
        expected.forEach((value, at) => {
          // Weights are int8 here and there; activations in float here only.
          expect(Math.abs(outcome!.gpu[row]![at]! - value)).toBeLessThan(0.02);
        }),
      );
    }
    const message = await page.evaluate((of) => loseGpu(of), SHAPE);
    expect(message).toContain('the graphics processor was lost');
  } finally {
    await browser.close();
  }
});
