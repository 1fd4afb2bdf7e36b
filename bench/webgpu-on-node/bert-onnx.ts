import protobuf from 'protobufjs/minimal.js';
import type { EncoderWeights, FloatLinear, FloatNorm } from '../../src/engine/encoder/encoder-file.js';

/** ONNX's numbers for types of tensors and of attributes. */
const FLOAT = 1;
const INT64 = 7;
const FLOAT16 = 10;
const ATTRIBUTE = { float: 1, int: 2, ints: 7 };

/** What hides a token: exp() of it is 0. */
const MASKED = -10000;

/**
 * A BERT cross-encoder as ONNX, the graph that training/export_onnx.py writes: the file that a graphics processor is
 * given where only int8 weights are at hand.
 * @param half everything but the inputs and the output in float16
 */
export function bertOnnx(weights: EncoderWeights, half: boolean): Uint8Array {
  const { shape, words, positions, types, norm, layers, head } = weights;
  if (!head) throw new Error('A cross-encoder has a head.');
  const { width, inner, heads, epsilon } = shape;
  const graph = new Graph(half);
  const { add, floats, integers } = graph;
  const linear = (value: string, of: FloatLinear, from: number, to: number, name: string): string => {
    const product = add(
      'MatMul',
      [value, floats(`${name}.weight`, of.weights, [from, to])],
      `${name}.product`,
    );
    return add('Add', [product, floats(`${name}.bias`, of.bias, [to])], name);
  };
  const normed = (value: string, { gain, bias }: FloatNorm, name: string): string =>
    add(
      'LayerNormalization',
      [value, floats(`${name}.weight`, gain, [width]), floats(`${name}.bias`, bias, [width])],
      name,
      { axis: -1, epsilon: { float: epsilon } },
    );
  const scalar = (name: string, value: number): string => floats(name, Float32Array.of(value), []);

  const mask = add('Cast', ['attention_mask'], 'mask', { to: graph.type });
  const masked = add('Sub', [scalar('one', 1), mask], 'mask.inverted');
  const hiding = add('Mul', [masked, scalar('masked', MASKED)], 'mask.score');
  const maskScores = add('Unsqueeze', [hiding, integers('mask.axes', [1, 2])], 'mask.scores');

  const table = (name: string, values: Float32Array): string =>
    floats(name, values, [values.length / width, width]);
  const word = add('Gather', [table('words', words), 'input_ids'], 'word');
  const type = add('Gather', [table('types', types), 'token_type_ids'], 'type');
  const length = add('Shape', ['input_ids'], 'length', { start: 1, end: 2 });
  const zero = integers('zero', [0]);
  const place = add('Slice', [table('positions', positions), zero, length, zero], 'place');
  const sum = add('Add', [add('Add', [word, type], 'word.type'), place], 'embeddings');
  let hidden = normed(sum, norm, 'embeddings.norm');

  const byHead = integers('by.head', [0, 0, heads, width / heads]);
  const whole = integers('whole', [0, 0, width]);
  const thirds = integers('thirds', [width, width, width]);
  const root = scalar('root', Math.sqrt(width / heads));
  layers.forEach((layer, at) => {
    const name = `layer.${at}`;
    const joined = linear(hidden, layer.attention, width, 3 * width, `${name}.joined`);
    const parts = ['query', 'key', 'value'].map((part) => `${name}.${part}`);
    graph.node('Split', [joined, thirds], parts, { axis: -1 });
    const orders = [
      [0, 2, 1, 3],
      [0, 2, 3, 1],
      [0, 2, 1, 3],
    ];
    const [query, key, value] = parts.map((part, of) =>
      add('Transpose', [add('Reshape', [part, byHead], `${part}.by.head`)], `${part}.heads`, {
        perm: orders[of]!,
      }),
    ) as [string, string, string];
    const scaled = add('Div', [add('MatMul', [query, key], `${name}.scores`), root], `${name}.scaled`);
    const scores = add('Add', [scaled, maskScores], `${name}.masked`);
    const shares = add('Softmax', [scores], `${name}.shares`, { axis: -1 });
    const context = add('MatMul', [shares, value], `${name}.context`);
    const byToken = add('Transpose', [context], `${name}.by.token`, { perm: [0, 2, 1, 3] });
    const attended = add('Reshape', [byToken, whole], `${name}.attended`);
    const output = linear(attended, layer.output, width, width, `${name}.output`);
    hidden = normed(add('Add', [output, hidden], `${name}.residual`), layer.outputNorm, `${name}.norm`);
    // x * (1 + erf(x / √2)) / 2, in the order that ONNX Runtime knows as one step.
    const up = linear(hidden, layer.up, width, inner, `${name}.up`);
    const erf = add('Erf', [add('Div', [up, scalar('sqrt2', Math.SQRT2)], `${name}.inner`)], `${name}.erf`);
    const gated = add('Mul', [up, add('Add', [erf, 'one'], `${name}.gate`)], `${name}.gated`);
    const gelu = add('Mul', [gated, scalar('half', 0.5)], `${name}.gelu`);
    const down = linear(gelu, layer.down, inner, width, `${name}.down`);
    hidden = normed(add('Add', [down, hidden], `${name}.sum`), layer.downNorm, `${name}.down.norm`);
  });

  const pooled = shape.pooling === 'cls' ? firstToken(graph, hidden) : mean(graph, hidden, mask);
  const vector = add('Tanh', [linear(pooled, head.pooler, width, width, 'pooler')], 'pooler.tanh');
  const product = add(
    'Gemm',
    [
      vector,
      floats('classifier.weight', head.weights, [shape.labels, width]),
      floats('classifier.bias', head.bias, [shape.labels]),
    ],
    'classifier',
    { transB: 1 },
  );
  add('Cast', [product], 'logits', { to: FLOAT });
  return graph.model(['input_ids', 'attention_mask', 'token_type_ids'], 'logits');
}

function firstToken({ add, integers }: Graph, hidden: string): string {
  const first = add('Gather', [hidden, integers('first', [0])], 'first.token', { axis: 1 });
  return add('Squeeze', [first, integers('first.axis', [1])], 'pooled');
}

/** The mean of the token vectors that the mask keeps. */
function mean({ add, integers }: Graph, hidden: string, mask: string): string {
  const kept = add('Unsqueeze', [mask, integers('pool.row', [1])], 'pool.mask');
  const total = add('MatMul', [kept, hidden], 'pool.total');
  const count = add('ReduceSum', [kept, integers('pool.last', [2])], 'pool.count');
  return add('Squeeze', [add('Div', [total, count], 'pool.mean'), 'pool.row'], 'pooled');
}

type Attributes = Record<string, number | readonly number[] | { float: number }>;

/** Collects nodes and constants, which have the numbers of onnx.proto's fields. */
class Graph {
  readonly type: number;
  readonly #nodes: Uint8Array[] = [];
  readonly #constants = new Map<string, Uint8Array>();

  constructor(readonly half: boolean) {
    this.type = half ? FLOAT16 : FLOAT;
  }

  /** A step with one output, whose name it returns. */
  readonly add = (
    operator: string,
    inputs: string[],
    output: string,
    attributes: Attributes = {},
  ): string => {
    this.node(operator, inputs, [output], attributes);
    return output;
  };

  node(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes,
  ): void {
    const node = protobuf.Writer.create();
    for (const input of inputs) node.uint32(tag(1, 2)).string(input);
    for (const output of outputs) node.uint32(tag(2, 2)).string(output);
    node.uint32(tag(3, 2)).string(outputs[0]!).uint32(tag(4, 2)).string(operator);
    for (const [name, value] of Object.entries(attributes))
      node.uint32(tag(5, 2)).bytes(attribute(name, value));
    this.#nodes.push(node.finish());
  }

  readonly floats = (name: string, values: Float32Array, dims: readonly number[]): string =>
    this.#constant(name, this.half ? Uint16Array.from(values, floatToHalf) : values, dims, this.type);

  readonly integers = (name: string, values: readonly number[]): string =>
    this.#constant(name, BigInt64Array.from(values, BigInt), [values.length], INT64);

  #constant(
    name: string,
    { buffer, byteOffset, byteLength }: Float32Array | Uint16Array | BigInt64Array,
    dims: readonly number[],
    type: number,
  ): string {
    const tensor = protobuf.Writer.create();
    for (const dim of dims) tensor.uint32(tag(1, 0)).int64(dim);
    tensor.uint32(tag(2, 0)).int32(type).uint32(tag(8, 2)).string(name);
    tensor.uint32(tag(9, 2)).bytes(new Uint8Array(buffer, byteOffset, byteLength));
    if (!this.#constants.has(name)) this.#constants.set(name, tensor.finish());
    return name;
  }

  model(inputs: readonly string[], output: string): Uint8Array {
    const graph = protobuf.Writer.create();
    for (const node of this.#nodes) graph.uint32(tag(1, 2)).bytes(node);
    graph.uint32(tag(2, 2)).string('cross_encoder');
    for (const constant of this.#constants.values()) graph.uint32(tag(5, 2)).bytes(constant);
    for (const name of inputs) graph.uint32(tag(11, 2)).bytes(valueInfo(name, INT64, ['batch', 'sequence']));
    graph.uint32(tag(12, 2)).bytes(valueInfo(output, FLOAT, ['batch', 'labels']));
    const opset = protobuf.Writer.create().uint32(tag(1, 2)).string('').uint32(tag(2, 0)).int64(17);
    return protobuf.Writer.create()
      .uint32(tag(1, 0))
      .int64(8)
      .uint32(tag(7, 2))
      .bytes(graph.finish())
      .uint32(tag(8, 2))
      .bytes(opset.finish())
      .finish();
  }
}

function tag(field: number, wire: number): number {
  return (field << 3) | wire;
}

function attribute(name: string, value: Attributes[string]): Uint8Array {
  const writer = protobuf.Writer.create().uint32(tag(1, 2)).string(name);
  if (typeof value === 'number')
    return writer.uint32(tag(3, 0)).int64(value).uint32(tag(20, 0)).int32(ATTRIBUTE.int).finish();
  if ('float' in value)
    return writer.uint32(tag(2, 5)).float(value.float).uint32(tag(20, 0)).int32(ATTRIBUTE.float).finish();
  for (const one of value) writer.uint32(tag(8, 0)).int64(one);
  return writer.uint32(tag(20, 0)).int32(ATTRIBUTE.ints).finish();
}

function valueInfo(name: string, type: number, dims: readonly string[]): Uint8Array {
  const shape = protobuf.Writer.create();
  for (const dim of dims)
    shape.uint32(tag(1, 2)).bytes(protobuf.Writer.create().uint32(tag(2, 2)).string(dim).finish());
  const tensor = protobuf.Writer.create()
    .uint32(tag(1, 0))
    .int32(type)
    .uint32(tag(2, 2))
    .bytes(shape.finish());
  const of = protobuf.Writer.create().uint32(tag(1, 2)).bytes(tensor.finish());
  return protobuf.Writer.create()
    .uint32(tag(1, 2))
    .string(name)
    .uint32(tag(2, 2))
    .bytes(of.finish())
    .finish();
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** To the nearest IEEE 754 binary16; weights are far from its largest. */
function floatToHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  // Below 2^-14 steps are of one size.
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  float[0] = size;
  // Eight bits of exponent become five, 23 of fraction ten; what is cut off is rounded, up into the exponent if need be.
  return sign | ((bits[0]! - (112 << 23) + 0x1000) >>> 13);
}
