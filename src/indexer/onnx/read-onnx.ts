import protobuf from 'protobufjs/minimal.js';

/** A graph as an ONNX file has it: nodes in order, and constants by name. */
export interface OnnxGraph {
  nodes: OnnxNode[];
  constants: Map<string, OnnxTensor>;
}

export interface OnnxNode {
  operator: string;
  inputs: string[];
  outputs: string[];
}

export interface OnnxTensor {
  dims: number[];
  values: Float32Array | Uint8Array | Int8Array | number[];
}

/** Field numbers of onnx.proto, as far as a graph's weights need them. */
const MODEL = { graph: 7 };
const GRAPH = { node: 1, initializer: 5 };
const NODE = { input: 1, output: 2, operator: 4 };
const TENSOR = { dims: 1, type: 2, floats: 4, integers: 7, name: 8, raw: 9 };
const TYPE = { float: 1, uint8: 2, int8: 3, int64: 7, float16: 10 };

/**
 * Reads an ONNX file's graph.
 * @throws RangeError, or another error of protobufjs, where it is none
 */
export function readOnnx(file: Uint8Array): OnnxGraph {
  const graph: OnnxGraph = { nodes: [], constants: new Map() };
  eachField(file, (field, reader) => {
    if (field !== MODEL.graph) return false;
    eachField(reader.bytes(), (field, reader) => {
      if (field === GRAPH.node) graph.nodes.push(readNode(reader.bytes()));
      else if (field === GRAPH.initializer) {
        const [name, tensor] = readTensor(reader.bytes());
        if (tensor) graph.constants.set(name, tensor);
      } else return false;
      return true;
    });
    return true;
  });
  return graph;
}

/** Calls `read` for each field; false means that it has not read it. */
function eachField(
  bytes: Uint8Array,
  read: (field: number, reader: protobuf.Reader, wire: number) => boolean,
): void {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!read(tag >>> 3, reader, tag & 7)) reader.skipType(tag & 7);
  }
}

function readNode(bytes: Uint8Array): OnnxNode {
  const node: OnnxNode = { operator: '', inputs: [], outputs: [] };
  eachField(bytes, (field, reader) => {
    if (field === NODE.input) node.inputs.push(reader.string());
    else if (field === NODE.output) node.outputs.push(reader.string());
    else if (field === NODE.operator) node.operator = reader.string();
    else return false;
    return true;
  });
  return node;
}

/** Tensors of other types than weights and places have are left out. */
function readTensor(bytes: Uint8Array): [name: string, tensor: OnnxTensor | undefined] {
  let name = '';
  let type = 0;
  let raw: Uint8Array | undefined;
  const dims: number[] = [];
  const numbers: number[] = [];
  const each = (reader: protobuf.Reader, wire: number, one: () => number, into: number[]): void => {
    if (wire !== 2) {
      into.push(one());
      return;
    }
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) into.push(one());
  };
  eachField(bytes, (field, reader, wire) => {
    if (field === TENSOR.dims) each(reader, wire, () => Number(reader.int64()), dims);
    else if (field === TENSOR.floats) each(reader, wire, () => reader.float(), numbers);
    else if (field === TENSOR.integers) each(reader, wire, () => Number(reader.int64()), numbers);
    else if (field === TENSOR.type) type = reader.int32();
    else if (field === TENSOR.name) name = reader.string();
    else if (field === TENSOR.raw) raw = reader.bytes();
    else return false;
    return true;
  });
  const values = raw ? valuesOf(raw, type) : type === TYPE.float ? Float32Array.from(numbers) : numbers;
  return [name, values && { dims, values }];
}

function valuesOf(raw: Uint8Array, type: number): OnnxTensor['values'] | undefined {
  // A copy, since numbers lie anywhere in the file.
  const { buffer } = new Uint8Array(raw);
  if (type === TYPE.float) return new Float32Array(buffer);
  if (type === TYPE.uint8) return new Uint8Array(buffer);
  if (type === TYPE.int8) return new Int8Array(buffer);
  if (type === TYPE.int64) return Array.from(new BigInt64Array(buffer), Number);
  if (type === TYPE.float16) return Float32Array.from(new Uint16Array(buffer), halfToFloat);
  return undefined;
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfToFloat(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
