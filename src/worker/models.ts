import { loadCode } from '../engine/load-code.js';
import { modelOpener } from '../engine/model/open-model.js';
import { sharedModels } from '../engine/model/shared-models.js';

/** Opens an index's models. ONNX Runtime is fetched for those that our own kernels do not run. */
export const models = sharedModels(
  modelOpener(
    async (...index) => {
      const openRuntime = await loadCode(
        'onnx-runtime.js',
        async () => (await import('./onnx-runtime.js')).openRuntime,
      );
      return openRuntime(...index);
    },
    async (first, ...rest) => {
      // Where its code cannot be had, one thread does.
      const code = await import('./accelerate.js').catch(() => undefined);
      return code ? code.accelerate(first, ...rest) : first;
    },
  ),
);
