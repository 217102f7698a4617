import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError, Random } from "../../base/index.js";
import { batchNorm, conv2d, dense, flatten, globalAveragePool, model } from "../model.js";
import { initialWeights } from "../weights.js";
import { decodeModelFile, encodeModelFile, type ModelFile } from "./model-file.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";

const file = exampleFile();
const bytes = encodeModelFile(file);

function exampleFile(): ModelFile {
  const description = model({
    input: [5, 4, 1],
    layers: [
      conv2d(3, [2, 3], { padding: "same", activation: "relu" }),
      flatten(),
      dense(3, { initializer: { type: "normal", deviation: 0.1 }, activation: "softmax" }),
    ],
  });
  return {
    model: description,
    weights: initialWeights(description, new Random(5)),
    classes: ["0", "é", "b"],
    preprocessing: {
      framing: "mnist",
      width: 4,
      height: 5,
      box: 3,
      center: "mass",
      range: [0, 1],
      ink: "bright",
    },
    reading: { temperature: 1.5, threshold: 0.6 },
    record: { seed: 5, history: [{ loss: 0.25 }], note: '{:\\"' },
  };
}

/** The example file with its header changed. */
function withHeader(change: (header: string) => string): Uint8Array {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const text = new TextEncoder().encode(change(header));
  const changed = new Uint8Array(8 + text.length + bytes.length - 8 - length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(text.length), true);
  changed.set(text, 8);
  changed.set(bytes.subarray(8 + length), 8 + text.length);
  return changed;
}

/** The example file with one metadata part replaced. */
function withPart(name: string, text: string): Uint8Array {
  const { metadata, tensors } = decodeSafetensors(bytes, "example");
  return encodeSafetensors({ metadata: new Map([...metadata, [name, text]]), tensors });
}

describe("a model file", () => {
  it("gives back what went in", () => {
    expect(decodeModelFile(bytes, "example")).toEqual(file);
  });

  it("is read from any place in memory", () => {
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(decodeModelFile(shifted, "example")).toEqual(file);
  });

  it("starts its data, and each tensor, at a multiple of the size of its numbers", () => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const { tensors } = decodeSafetensors(encodeModelFile(file, { precision: "f16" }), "example");
    for (const { dtype, bytes } of tensors.values()) {
      expect(bytes.byteOffset % (dtype === "F32" ? 4 : 2)).toBe(0);
    }
  });

  it("keeps weights to 2^-11 in half precision, biases exactly, and then stays as it is", () => {
    const half = encodeModelFile(file, { precision: "f16" });
    const read = decodeModelFile(half, "half");
    for (const [name, { data }] of file.weights) {
      const got = read.weights.get(name)!.data;
      data.forEach((value, i) => {
        const bound = name.endsWith("weight") ? Math.abs(value) * 2 ** -11 + 2 ** -25 : 0;
        expect(Math.abs(got[i] - value)).toBeLessThanOrEqual(bound);
      });
    }
    expect(half.length).toBeLessThan(bytes.length);
    expect(encodeModelFile(read, { precision: "f16" })).toEqual(half);
  });

  it("is refused for writing where its parts don't fit", () => {
    const name = "layers.2.bias";
    const withBias = (value: number, size = 3): ModelFile => ({
      ...file,
      weights: new Map(file.weights).set(name, {
        shape: [size],
        data: new Float32Array(size).fill(value),
      }),
    });
    expect(() => encodeModelFile(withBias(Number.NaN))).toThrow(
      "model file: layers.2.bias[0] must be a finite number, got NaN",
    );
    expect(() => encodeModelFile(withBias(0, 4))).toThrow(
      "weights: layers.2.bias must be [3], got [4]",
    );
    expect(() => encodeModelFile({ ...file, classes: ["a", "b"] })).toThrow(
      "model file: classes must be a list of 3 to 3 elements, got 2 elements",
    );
    const weight = { shape: [60, 3], data: new Float32Array(180).fill(1e5) };
    const wide = { ...file, weights: new Map(file.weights).set("layers.2.weight", weight) };
    expect(() => encodeModelFile(wide, { precision: "f16" })).toThrow(
      "F16 holds numbers to ±65504, got 100000",
    );
    expect(() => encodeModelFile({ ...file, classes: ["a", "b", "c".repeat(65)] })).toThrow(
      "model file: classes[2] must be a text of 1 to 64 characters, got ",
    );
  });

  it("is written with a record nested as deep as can be read, and no deeper", () => {
    const nested = (depth: number): Record<string, unknown> =>
      depth === 1 ? {} : { inner: nested(depth - 1) };
    const deepest = encodeModelFile({ ...file, record: nested(32) });
    expect(decodeModelFile(deepest, "deep").record).toEqual(nested(32));
    expect(() => encodeModelFile({ ...file, record: nested(33) })).toThrow(
      "model file: record must be nested at most 32 deep, got more",
    );
  });

  it("has at most 4096 classes, told apart in no time", () => {
    const ofClasses = (count: number): ModelFile => {
      const description = model({
        input: [5, 4, 1],
        layers: [globalAveragePool(), dense(count)],
      });
      const classes = Array.from({ length: count }, (_, index) => `class ${index}`);
      const weights = initialWeights(description, new Random(1));
      return { ...file, model: description, weights, classes };
    };
    expect(decodeModelFile(encodeModelFile(ofClasses(4096)), "many").classes).toHaveLength(4096);
    expect(() => encodeModelFile(ofClasses(4097))).toThrow(
      "model file: classes must be at most 4096, got a model of 4097 outputs",
    );
  });

  it("holds no negative variance", () => {
    const description = model({
      input: [5, 4, 1],
      layers: [batchNorm(), flatten(), dense(3)],
    });
    const name = "layers.0.statistics";
    const withStatistics = (...statistics: number[]): ModelFile => ({
      ...file,
      model: description,
      weights: new Map(initialWeights(description, new Random(1))).set(name, {
        shape: [2, 1],
        data: Float32Array.from(statistics),
      }),
    });
    const written = encodeModelFile(withStatistics(-7, 2));
    expect(decodeModelFile(written, "normal").weights.get(name)!.data).toEqual(
      Float32Array.of(-7, 2),
    );
    expect(() => encodeModelFile(withStatistics(0, -2))).toThrow(
      "model file: layers.0.statistics[1] must be a variance, at least 0, got -2",
    );
    // The same bytes with the sign of the variance set: 2 is 0x40000000, little-endian.
    const { tensors } = decodeSafetensors(written, "normal");
    tensors.get(name)!.bytes[7] |= 0x80;
    expect(() => decodeModelFile(written, "hostile")).toThrow(
      new FormatError("hostile", "layers.0.statistics[1] must be a variance, at least 0, got -2"),
    );
  });
});

describe("a broken model file", () => {
  const other = JSON.stringify(
    model({ input: [5, 4, 1], layers: [globalAveragePool(), dense(3)] }),
  );
  const cases: [string, Uint8Array, string][] = [
    ["is empty", new Uint8Array(0), "length of the header needs 8 bytes, got 0"],
    ["is cut short", bytes.subarray(0, bytes.length - 1), "must be an integer from 0 to"],
    [
      "is something else",
      new TextEncoder().encode("<!doctype html><html>"),
      "length of the header",
    ],
    ["declares a huge header", Uint8Array.of(255, 255, 255, 0, 0, 0, 0, 0), "from 0 to 0"],
    ["has a header that is no JSON", withHeader((h) => h.slice(1)), "header must be JSON"],
    ["is nested deep", withHeader(() => "[".repeat(5000)), "nested more than 3 deep"],
    [
      "names a tensor twice",
      withHeader((h) => h.replace("layers.0.bias", "layers.2.bias")),
      "a name stands twice",
    ],
    [
      "has another number type",
      withHeader((h) => h.replace('"F32"', '"F64"')),
      "dtype must be F32 or F16",
    ],
    [
      "has a shape that is not its size",
      withHeader((h) => h.replace('"shape":[3]', '"shape":[4]')),
      "must have 16 bytes by its shape, got 12",
    ],
    [
      "has a hostile shape",
      withHeader((h) => h.replace('"shape":[3]', '"shape":[1e999]')),
      "extent must be an integer",
    ],
    [
      "has offsets past its end",
      withHeader((h) => h.replace('data_offsets":[0,', 'data_offsets":[9999999,')),
      "begin must be an integer",
    ],
    [
      "has overlapping tensors",
      withHeader((h) => h.replace("[72,84]", "[60,72]")),
      "overlaps the tensor before it: must begin at 72, got 60",
    ],
    [
      "has unknown fields",
      withHeader((h) => h.replace('"dtype"', '"x":1,"dtype"')),
      '"x" is not a field of a tensor',
    ],
    [
      "has no mark",
      withPart("format", "pt"),
      "must be a model of inkling, got safetensors without its mark",
    ],
    ["is from the future", withPart("version", "2"), 'version must be 1, got "2"'],
    ["has broken metadata", withPart("classes", "["), "classes must be JSON"],
    [
      "has an architecture of other weights",
      withPart("model", other),
      "layers.1.weight must be [1, 3], got no such array",
    ],
    [
      "has an architecture of no kind",
      withPart("model", '{"input":[5],"layers":[{"type":"magic"}]}'),
      "layers[0].type must be",
    ],
    [
      "asks for a model of terabytes",
      withPart(
        "model",
        '{"input":[65536],"layers":[{"type":"dense","units":65536},{"type":"dense","units":3}]}',
      ),
      "layers[0] dense: weights up to here must be at most 67108864, got 4294967296",
    ],
    ["has too few classes", withPart("classes", '["a"]'), "classes must be a list of 3"],
    ["has a class twice", withPart("classes", '["a","b","a"]'), 'got "a" twice'],
    [
      "has a class that is no text",
      withPart("classes", '["a","b",3]'),
      "classes[2] must be a text",
    ],
    [
      "has preprocessing of another size",
      withPart("preprocessing", JSON.stringify({ ...file.preprocessing, width: 9 })),
      "preprocessing makes [5, 9, channels], the model takes [5, 4, 1]",
    ],
    [
      "frames ink larger than the image",
      withPart("preprocessing", JSON.stringify({ ...file.preprocessing, box: 5 })),
      "preprocessing.box must fit into the 4 by 5 pixels of the image, got 5",
    ],
    [
      "has an unknown preprocessing",
      withPart("preprocessing", JSON.stringify({ ...file.preprocessing, framing: "magic" })),
      'preprocessing.framing must be "mnist", "emnist" or "none", got "magic"',
    ],
    [
      "has a hostile temperature",
      withPart("reading", '{"temperature":0,"threshold":0}'),
      "reading.temperature must be a number from 0.001 to 1000, got 0",
    ],
    ["has a record that is none", withPart("record", "3"), "record must be an object, got 3"],
  ];
  for (const [title, broken, problem] of cases) {
    it(`is refused with one clear error when it ${title}`, () => {
      expect(() => decodeModelFile(broken, "m.inkling")).toThrow(FormatError);
      expect(() => decodeModelFile(broken, "m.inkling")).toThrow(problem);
      expect(() => decodeModelFile(broken, "m.inkling")).toThrow(/^m\.inkling: /);
    });
  }

  it("is refused when a weight is not a finite number", () => {
    const infinite = bytes.slice();
    new DataView(infinite.buffer).setFloat32(infinite.length - 4, Number.POSITIVE_INFINITY, true);
    expect(() => decodeModelFile(infinite, "m.inkling")).toThrow(
      /^m\.inkling: layers\..*\] must be a finite number, got Infinity$/,
    );
  });

  it("either reads or fails with a FormatError, whichever bytes are changed", () => {
    const change = fc.record({
      at: fc.nat(bytes.length - 1),
      to: fc.oneof(
        fc.nat(255),
        fc.constantFrom(...new TextEncoder().encode('0123456789"{}[],:-e')),
      ),
    });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.nat(bytes.length),
        fc.boolean(),
        (changes, length, cut) => {
          const mutated = bytes.slice(0, cut ? length : bytes.length);
          for (const { at, to } of changes) mutated[at] = to;
          try {
            decodeModelFile(mutated, "fuzzed");
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 5000, seed: 7 },
    );
  });

  it("either reads or fails with a FormatError, whatever stands in its header", () => {
    const { metadata } = decodeSafetensors(bytes, "example");
    const field = fc.constantFrom("dtype", "shape", "data_offsets", "x");
    const name = fc.oneof(fc.constantFrom(...file.weights.keys(), "__metadata__"), fc.string());
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.oneof(fc.nat(800), fc.maxSafeInteger(), fc.double()), { maxLength: 4 }),
    );
    const attempt = (mutated: () => Uint8Array): void => {
      try {
        decodeModelFile(mutated(), "fuzzed");
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    };
    fc.assert(
      fc.property(name, field, value, fc.boolean(), (name, field, value, whole) => {
        attempt(() =>
          withHeader((header) => {
            const parsed = JSON.parse(header);
            parsed[name] = whole ? value : { ...parsed[name], [field]: value };
            return JSON.stringify(parsed);
          }),
        );
      }),
      { numRuns: 2000, seed: 8 },
    );
    const part = fc.constantFrom(...metadata.keys());
    fc.assert(
      fc.property(part, fc.oneof(fc.json(), fc.string()), (name, text) => {
        attempt(() => withPart(name, text));
      }),
      { numRuns: 2000, seed: 9 },
    );
  });
});
