// AssemblyScript. The steps of a BERT encoder; open-encoder.ts puts them together.
export { attend } from './attention';
export { addNorm, addRow, gelu } from './float';
export { hasPairs, linear, quantise } from './linear';
