// node --import without-native.mjs: as where transformers.js, and with it ONNX Runtime's native build, is not installed.
import { register } from 'node:module';

const hooks = `export async function resolve(name, context, next) {
  if (name === '@huggingface/transformers') throw new Error('left out');
  return next(name, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
