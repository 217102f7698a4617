// A model description as an ONNX file: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
// Weights are drawn at random, for only the time it takes to run them is looked at. Images lie as
// `[n, c, h, w]`, ONNX's own order.

const FLOAT = 1;
const INT64 = 7;
const OPSET = 17;
const IR_VERSION = 8;

/** Bytes of a model from `images` `[batch, pixels]` to `logits` `[batch, classes]`. */
export function onnxModel({ input: [height, width, channels], layers }, batch) {
  const pixels = height * width * channels;
  const graph = new OnnxGraph();
  let value = "images";
  let shape = [channels, height, width];
  if (layers[0].type !== "flatten") {
    value = graph.node("Reshape", [value, graph.integers([batch, ...shape])]);
  }
  for (const layer of layers) [value, shape] = addLayer[layer.type](graph, layer, value, shape);
  graph.rename(value, "logits");
  return graph.encode({ input: [batch, pixels], output: [batch, ...shape] });
}

const addLayer = {
  flatten(_graph, _layer, value, shape) {
    return [_graph.node("Flatten", [value]), [shape.reduce((product, it) => product * it)]];
  },
  dense(graph, { units, activation }, value, [inputs]) {
    const weights = [graph.weights([inputs, units], inputs), graph.weights([units], inputs)];
    return [graph.activated(graph.node("Gemm", [value, ...weights]), activation), [units]];
  },
  conv2d(graph, { filters, kernel, padding, activation }, value, [channels, height, width]) {
    if (padding !== "same") throw new Error(`onnx: padding must be "same", got ${padding}`);
    const fan = channels * kernel * kernel;
    const weights = [
      graph.weights([filters, channels, kernel, kernel], fan),
      graph.weights([filters], fan),
    ];
    const before = (kernel - 1) >> 1;
    const after = kernel - 1 - before;
    const attributes = { kernel_shape: [kernel, kernel], pads: [before, before, after, after] };
    const convolved = graph.node("Conv", [value, ...weights], attributes);
    return [graph.activated(convolved, activation), [filters, height, width]];
  },
  maxPool2d(graph, { size }, value, [channels, height, width]) {
    const attributes = { kernel_shape: [size, size], strides: [size, size] };
    const pooled = [Math.floor(height / size), Math.floor(width / size)];
    return [graph.node("MaxPool", [value], attributes), [channels, ...pooled]];
  },
};

class OnnxGraph {
  #nodes = [];
  #initializers = [];
  #names = 0;
  #output = "";

  /** Adds an operation; attributes are lists of integers. Returns the name of its result. */
  node(operation, inputs, attributes = {}) {
    const output = `v${this.#names++}`;
    this.#nodes.push({ operation, inputs, output, attributes });
    return output;
  }

  activated(value, activation) {
    return activation === "relu" ? this.node("Relu", [value]) : value;
  }

  /** Uniform numbers of variance 2 / fan. */
  weights(shape, fan) {
    const count = shape.reduce((product, it) => product * it);
    const limit = Math.sqrt(6 / fan);
    const data = Float32Array.from({ length: count }, () => (2 * Math.random() - 1) * limit);
    return this.#initializer(FLOAT, shape, data);
  }

  integers(values) {
    return this.#initializer(INT64, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** Calls the last result by another name. */
  rename(value, name) {
    this.#nodes.find(({ output }) => output === value).output = name;
    this.#output = name;
  }

  encode({ input, output }) {
    const graph = [
      ...this.#nodes.flatMap((node) => message(1, encodeNode(node))),
      ...text(2, "bench"),
      ...this.#initializers.flatMap((it) => message(5, it)),
      ...message(11, valueInfo("images", input)),
      ...message(12, valueInfo(this.#output, output)),
    ];
    const opset = integer(2, OPSET);
    return Uint8Array.from([...integer(1, IR_VERSION), ...message(7, graph), ...message(8, opset)]);
  }

  /** TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9. */
  #initializer(type, shape, data) {
    const name = `w${this.#names++}`;
    const bytes = new Uint8Array(data.buffer);
    this.#initializers.push([
      ...shape.flatMap((extent) => integer(1, extent)),
      ...integer(2, type),
      ...text(8, name),
      ...message(9, bytes),
    ]);
    return name;
  }
}

/** NodeProto: input = 1, output = 2, op_type = 4, attribute = 5. */
function encodeNode({ operation, inputs, output, attributes }) {
  return [
    ...inputs.flatMap((it) => text(1, it)),
    ...text(2, output),
    ...text(4, operation),
    ...Object.entries(attributes).flatMap(([name, values]) => message(5, attribute(name, values))),
  ];
}

/** AttributeProto: name = 1, ints = 8, type = 20, of which 7 is INTS. */
function attribute(name, values) {
  return [...text(1, name), ...values.flatMap((it) => integer(8, it)), ...integer(20, 7)];
}

/** ValueInfoProto: name = 1, type = 2 { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 } } } */
function valueInfo(name, shape) {
  const dimensions = shape.flatMap((extent) => message(1, integer(1, extent)));
  const tensor = [...integer(1, FLOAT), ...message(2, dimensions)];
  return [...text(1, name), ...message(2, message(1, tensor))];
}

// Protocol buffers: each field is a key, number · 8 + wire type, and a value.

function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function integer(field, value) {
  return [...varint(field << 3), ...varint(value)];
}

function message(field, bytes) {
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes];
}

function text(field, value) {
  return message(field, new TextEncoder().encode(value));
}
