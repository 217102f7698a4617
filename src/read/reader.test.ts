import { describe, expect, it } from "vitest";
import { greyPicture } from "../../test/pixel-grid.js";
import { DataError, Random, ShapeError } from "../base/index.js";
import { referenceBackend, wasmBackend } from "../engine/index.js";
import {
  dense,
  flatten,
  initialWeights,
  type ModelFile,
  mnistFraming,
  model,
} from "../nn/index.js";
import { createReader } from "./reader.js";
import { collectStages } from "./watch.js";

/** Two classes told apart by one weight a pixel: `bar` wants ink in the middle column, `ring` does not. */
function barOrRing(threshold = 0.9): ModelFile {
  const weight = new Float32Array(28 * 28 * 2);
  for (let i = 0; i < 28 * 28; i++) {
    const inMiddle = Math.abs((i % 28) - 14) <= 3 && Math.abs(Math.floor(i / 28) - 14) <= 6;
    weight[2 * i] = inMiddle ? 0.5 : 0;
    weight[2 * i + 1] = inMiddle ? -0.5 : 0.05;
  }
  return {
    model: model({ input: [28, 28, 1], layers: [flatten(), dense(2, { activation: "softmax" })] }),
    weights: new Map([
      ["layers.1.weight", { shape: [784, 2], data: weight }],
      ["layers.1.bias", { shape: [2], data: new Float32Array(2) }],
    ]),
    classes: ["bar", "ring"],
    preprocessing: mnistFraming(),
    reading: { temperature: 1, threshold },
    record: {},
  };
}

const bar = greyPicture(60, 60, (x, y) =>
  Math.abs(x - 30) < 4 && Math.abs(y - 30) < 20 ? 0 : 255,
);
const ring = greyPicture(80, 60, (x, y) =>
  Math.abs(Math.hypot(x - 50, y - 30) - 20) < 3 ? 255 : 20,
);
const blank = greyPicture(50, 50, () => 200);

describe("createReader", () => {
  it("answers each picture in its place, the blank ones with nothing", async () => {
    const reader = await createReader(barOrRing(), referenceBackend);
    const readings = reader.read([ring, blank, bar, bar]);
    expect(readings.map(({ status, label }) => [status, label])).toEqual([
      ["read", "ring"],
      ["nothing", null],
      ["read", "bar"],
      ["read", "bar"],
    ]);
    expect(readings[1]).toEqual({
      status: "nothing",
      label: null,
      confidence: 0,
      top: [],
      pixels: new Uint8Array(784),
    });
    reader.close();
  });

  it("finds every character of a picture, row by row, and reads each as if it stood alone", async () => {
    const reader = await createReader(barOrRing(), referenceBackend);
    const isBar = (x: number, y: number) => Math.abs(x - 160) < 4 && Math.abs(y - 130) < 20;
    const isRing = (x: number, y: number) => Math.abs(Math.hypot(x - 50, y - 40) - 20) < 3;
    const isSecond = (x: number, y: number) => isRing(x, y - 90);
    const page = greyPicture(200, 180, (x, y) =>
      isBar(x, y) || isRing(x, y) || isSecond(x, y) ? 20 : 235,
    );
    const [found, none] = reader.find([page, blank]);
    expect(found.map(({ label, row }) => [label, row])).toEqual([
      ["ring", 0],
      ["ring", 1],
      ["bar", 1],
    ]);
    expect(found[2].box).toEqual({ left: 157, top: 111, right: 164, bottom: 150 });
    expect(none).toEqual([]);
    const [[one]] = reader.find([bar]);
    const { box: _, row, ...reading } = one;
    expect([row, reading]).toEqual([0, reader.read([bar])[0]]);
    reader.close();
  });

  it("shows every stage to who watches, from the picture to the model's input", async () => {
    const reader = await createReader(barOrRing(), referenceBackend);
    const { stages, watch } = collectStages();
    const [{ pixels }] = reader.read([bar], { watch });
    expect(stages.map(({ name }) => name)).toEqual([
      "luminance",
      "flattened",
      "ink",
      "character",
      "model input",
    ]);
    expect(stages[0].pixels[30 * 60 + 30]).toBe(0);
    expect(stages.at(-1)).toEqual({ name: "model input", width: 28, height: 28, pixels });
    reader.close();
  });

  it("prepares pictures as the images were in training", async () => {
    const file = barOrRing();
    const plain = await createReader(file, referenceBackend);
    const expected = plain.read([bar, ring]);
    // Images that came dark, on their side, and were set right; then images made dark on purpose.
    const cameOtherwise = {
      ...file,
      preprocessing: { ...mnistFraming(), ink: "dark" as const, transposed: true },
      prepare: [{ type: "invert" as const }, { type: "transpose" as const }],
    };
    const reader = await createReader(cameOtherwise, referenceBackend);
    expect(reader.read([bar, ring])).toEqual(expected);
    const madeDark = { ...file, prepare: [{ type: "invert" as const }] };
    const dark = await createReader(madeDark, referenceBackend);
    const [reading] = dark.read([bar]);
    expect(reading!.pixels).toEqual(expected[0]!.pixels.map((value) => 255 - value));
  });

  it("shows what the model saw at the size that the preparation makes", async () => {
    const layers = [flatten(), dense(2, { activation: "softmax" })];
    const description = model({ input: [7, 14, 1], layers });
    const file: ModelFile = {
      ...barOrRing(),
      model: description,
      weights: initialWeights(description, new Random(1)),
      prepare: [{ type: "resize", width: 14, height: 7 }],
    };
    const reader = await createReader(file, referenceBackend);
    expect([reader.width, reader.height]).toEqual([14, 7]);
    const [read, nothing] = reader.read([bar, blank]);
    expect([read!.pixels.length, nothing!.pixels.length]).toEqual([98, 98]);
  });

  it("gives the same readings whatever the batch", async () => {
    const pictures = [bar, ring, blank, ring, bar];
    const readings = [];
    for (const batchSize of [1, 2, 16]) {
      const reader = await createReader(barOrRing(), referenceBackend, { batchSize });
      readings.push(reader.read(pictures));
      reader.close();
    }
    expect(readings[1]).toEqual(readings[0]);
    expect(readings[2]).toEqual(readings[0]);
  });

  it("gives as many candidates as wanted, best first, their confidences shares of 1", async () => {
    const reader = await createReader(barOrRing(), referenceBackend);
    const [one] = reader.read([ring], { top: 1 });
    const [all] = reader.read([ring]);
    expect(one.top).toEqual([{ label: "ring", confidence: one.confidence }]);
    expect(all.top.map(({ label }) => label)).toEqual(["ring", "bar"]);
    expect(all.top[0].confidence + all.top[1].confidence).toBeCloseTo(1, 12);
    reader.close();
  });

  it("is unsure below the model's threshold, and hotter means less sure", async () => {
    const file = { ...barOrRing(), reading: { temperature: 1000, threshold: 0.9 } };
    const reader = await createReader(file, referenceBackend);
    const [reading] = reader.read([bar]);
    expect(reading.status).toBe("unsure");
    expect(reading.label).toBe("bar");
    expect(reading.confidence).toBeLessThan(0.9);
    reader.close();
  });

  it("shows what the model saw", async () => {
    const reader = await createReader(barOrRing(), referenceBackend);
    const [{ pixels }] = reader.read([bar]);
    expect([reader.width, reader.height, pixels.length]).toEqual([28, 28, 784]);
    expect(pixels[14 * 28 + 14]).toBe(255);
    expect(pixels[0]).toBe(0);
    reader.close();
  });

  it("gives no reading where the model's answers are no numbers", async () => {
    const file = barOrRing();
    const { shape, data } = file.weights.get("layers.1.weight")!;
    const huge = { shape, data: data.map((value) => value * 3e38) };
    const weights = new Map(file.weights).set("layers.1.weight", huge);
    const backend = await wasmBackend({ threads: 1 });
    const reader = await createReader({ ...file, weights }, backend);
    expect(() => reader.read([bar])).toThrow(
      new DataError(
        'reader: the model\'s answers must be finite, got Infinity for "bar"; its weights are too large, train it anew with a lower rate',
      ),
    );
    expect(reader.read([blank])[0].status).toBe("nothing");
    reader.close();
  });

  it("refuses a model that takes something other than one grey image", async () => {
    const file = barOrRing();
    const coloured = { ...file, model: { ...file.model, input: [28, 28, 3] } };
    await expect(createReader(coloured, referenceBackend)).rejects.toThrow(
      new ShapeError(
        "createReader: the model's input must be [28, 28, 1], as its preprocessing says, got [28, 28, 3]",
      ),
    );
  });
});
