import type { FloatLinear } from '../../engine/encoder/encoder-file.js';
import { NotAnEncoder } from './not-an-encoder.js';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './read-onnx.js';

/** A graph whose linear layers can be asked for by the names of their biases, whatever quantisation made of them. */
export class LinearWeights {
  readonly #producers = new Map<string, OnnxNode>();
  readonly #readers = new Map<string, OnnxNode[]>();

  constructor(readonly graph: OnnxGraph) {
    for (const node of graph.nodes) {
      for (const output of node.outputs) this.#producers.set(output, node);
      for (const input of node.inputs) this.#readers.set(input, [...(this.#readers.get(input) ?? []), node]);
    }
  }

  /** The float32 values of a constant, by any of its names; undefined where it has none of them. */
  values(...names: readonly string[]): Float32Array | undefined {
    for (const name of names) {
      const { tensor } = this.#constant(name) ?? {};
      if (tensor) return tensor.values as Float32Array;
    }
    return undefined;
  }

  /**
   * The layer that adds a bias.
   * @throws NotAnEncoder where what stands before the bias is no product with constant weights
   */
  linear(bias: string): FloatLinear {
    const values = this.graph.constants.get(bias);
    const [added] = this.#readers.get(bias) ?? [];
    if (!values || !added) throw new NotAnEncoder(`it has no ${bias}`);
    const weights = this.#before(added, bias);
    if (!weights) throw new NotAnEncoder(`what ${bias} is added to is no product with constant weights`);
    const outlying = this.#outliers(added);
    const columns = values.values.length;
    outlying?.places.forEach((row, at) =>
      weights.set(outlying.rows.subarray(at * columns, (at + 1) * columns), row * columns),
    );
    return { weights, bias: Float32Array.from(values.values) };
  }

  /** The weights, a row for each input, that a product before an addition has; or Gemm's own. */
  #before(node: OnnxNode, bias: string): Float32Array | undefined {
    if (node.operator === 'Gemm') {
      const tensor = this.#constant(node.inputs[1])?.tensor;
      // Exporters write PyTorch's own matrix, a row for each output.
      return tensor && turned(tensor);
    }
    const product = this.#producers.get(node.inputs.find((input) => input !== bias) ?? '');
    if (product?.operator === 'MatMul') return this.values(product.inputs[1] ?? '');
    if (product?.operator !== 'Mul') return undefined;
    const [sums, scales] = product.inputs.map((input) => this.#producers.get(input));
    const integers = sums && this.#producers.get(sums.inputs[0] ?? '');
    const scale = scales?.inputs.find((input) => this.graph.constants.has(input));
    if (integers?.operator !== 'MatMulInteger' || scale === undefined) return undefined;
    return this.#dequantised(integers.inputs[1], scale, integers.inputs[3])?.values as Float32Array;
  }

  /** Rows of the matrix that are multiplied apart, in float32, as training/export_onnx.py has them. */
  #outliers({ outputs }: OnnxNode): { places: number[]; rows: Float32Array } | undefined {
    for (const sum of this.#readers.get(outputs[0] ?? '') ?? []) {
      const other = sum.inputs.find((input) => input !== outputs[0]);
      const product = this.#producers.get(other ?? '');
      const gather = this.#producers.get(product?.inputs[0] ?? '');
      const rows = this.values(product?.inputs[1] ?? '');
      const places = this.graph.constants.get(gather?.inputs[1] ?? '');
      if (sum.operator !== 'Add' || gather?.operator !== 'Gather' || !rows || !places) continue;
      return { places: Array.from(places.values), rows };
    }
    return undefined;
  }

  /** A constant in float32, also where nodes make it of others. */
  #constant(name: string | undefined): { tensor: OnnxTensor } | undefined {
    if (name === undefined) return undefined;
    const tensor = this.graph.constants.get(name);
    if (tensor) return { tensor: { ...tensor, values: Float32Array.from(tensor.values) } };
    const quantised = ['_scale', '_zero_point'].map((suffix) => name + suffix);
    const found = this.#dequantised(`${name}_quantized`, quantised[0], quantised[1]);
    if (found) return { tensor: found };
    const scaled = this.#dequantised(`${name}.int8`, `${name}.scale`);
    return scaled && { tensor: scaled };
  }

  #dequantised(
    name: string | undefined,
    scaleName: string | undefined,
    zeroName?: string,
  ): OnnxTensor | undefined {
    const tensor = this.graph.constants.get(name ?? '');
    const scale = this.graph.constants.get(scaleName ?? '');
    if (!tensor || !scale) return undefined;
    const zero = this.graph.constants.get(zeroName ?? '')?.values ?? [];
    const columns = tensor.dims.at(-1) ?? 1;
    // One scale for all, for each column, or for each row ([rows, 1]).
    const perRow = scale.values.length > 1 && scale.dims.at(-1) === 1;
    const ofColumns = (given: ArrayLike<number>): Float64Array =>
      Float64Array.from({ length: columns }, (_, column) => given[given.length <= 1 ? 0 : column] ?? 0);
    const zeros = ofColumns(zero);
    const scales = ofColumns(scale.values);
    const values = new Float32Array(tensor.values.length);
    // A model has tens of millions of these.
    for (let at = 0, row = 0; at < values.length; row++) {
      if (perRow) scales.fill(scale.values[row]!);
      if (perRow && zero.length > 1) zeros.fill(zero[row]!);
      for (let column = 0; column < columns; column++, at++)
        values[at] = (tensor.values[at]! - zeros[column]!) * scales[column]!;
    }
    return { dims: tensor.dims, values };
  }
}

function turned({ dims: [rows = 0, columns = 0], values }: OnnxTensor): Float32Array {
  const other = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      other[column * rows + row] = values[row * columns + column]!;
  return other;
}
