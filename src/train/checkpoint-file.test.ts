import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../base/index.js";
import { decodeSafetensors, encodeSafetensors } from "../nn/index.js";
import type { Checkpoint } from "./checkpoint.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.js";

const purpose = { config: "a".repeat(64), data: "b".repeat(64) };
const record = { learningRate: 0.1, loss: 1 / 3, accuracy: 0.5, seconds: 2.5, imagesPerSecond: 9 };
const checkpoint: Checkpoint = {
  state: {
    step: 12,
    arrays: new Map<string, Float32Array | Float64Array>([
      ["layers.0.weight", Float32Array.of(0.1, -0, 3e-45, Number.MAX_VALUE)],
      ["optimizer.layers.0.weight.first", Float64Array.of(0.1, 5e-324)],
    ]),
  },
  history: [
    { epoch: 1, ...record },
    { epoch: 2, ...record, validation: { loss: 0.1 + 0.2, accuracy: 1 } },
  ],
  tally: { steps: 3, loss: 0.7, correct: 11, seconds: 0.25 },
  seconds: 3.5,
  best: {
    epoch: 2,
    loss: 0.1 + 0.2,
    weights: new Map([["layers.0.weight", { shape: [2, 1], data: Float32Array.of(1, 2) }]]),
  },
};

/** A file with one thing changed and the seal not renewed, or renewed. */
async function changed(change: (metadata: Map<string, string>) => void): Promise<Uint8Array> {
  const bytes = await encodeCheckpoint(checkpoint, purpose);
  const { metadata, tensors } = decodeSafetensors(bytes, "file", ["F32", "F64"]);
  const texts = new Map(metadata);
  change(texts);
  return encodeSafetensors({ metadata: texts, tensors });
}

describe("a checkpoint's file", () => {
  it("gives back every bit of what was put in", async () => {
    const bytes = await encodeCheckpoint(checkpoint, purpose);
    expect(await decodeCheckpoint(bytes, "file")).toEqual({ checkpoint, purpose });
  });

  it("is refused with one error that names it, whichever byte is damaged or wherever it is cut", async () => {
    const bytes = await encodeCheckpoint(checkpoint, purpose);
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = bytes.slice();
        damaged[at] = damaged[at]! ^ flip;
        const answer = await decodeCheckpoint(damaged, "run/a").catch((error: unknown) => error);
        // A blank of the header may be another blank; every other bit counts.
        if (!(answer instanceof FormatError)) expect(answer).toEqual({ checkpoint, purpose });
        else expect(answer.message).toMatch(/^run\/a: /);
        await expect(decodeCheckpoint(bytes.slice(0, at), "run/a")).rejects.toThrow(FormatError);
      }),
      { numRuns: 300 },
    );
  });

  it("says what it is not", async () => {
    for (const [change, message] of [
      [{ format: "inkling" }, 'f: must be a checkpoint of inkling, got format "inkling"'],
      [{ version: "2" }, 'f: version must be 1, got "2"; it may come from a newer inkling'],
      [{ purpose: "{}" }, "f: contents must have the digest "],
    ] as const) {
      const bytes = await changed((texts) => {
        for (const [name, text] of Object.entries(change)) texts.set(name, text);
      });
      await expect(decodeCheckpoint(bytes, "f")).rejects.toThrow(message);
    }
  });
});
