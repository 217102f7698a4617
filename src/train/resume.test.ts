import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { lightAugmentation, synthetic } from "../data/index.js";
import { referenceBackend, wasmBackend } from "../engine/index.js";
import {
  activation,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  maxPool2d,
  model,
} from "../nn/index.js";
import { threadHost } from "../node/index.js";
import type { Checkpoint } from "./checkpoint.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fit-options.js";

const set = synthetic({ count: 70, random: new Random(1) });
const validation = synthetic({ count: 30, random: new Random(2) });
const purpose = { config: "0".repeat(64), data: "1".repeat(64) };

const plain = model({
  input: [28, 28, 1],
  layers: [flatten(), dense(12, { activation: "relu" }), dense(10)],
});
const wild = model({
  input: [28, 28, 1],
  layers: [
    conv2d(4, 5),
    batchNorm(),
    activation("relu"),
    maxPool2d(2),
    dropout(0.3),
    flatten(),
    dense(10),
  ],
});
const common = { epochs: 4, batchSize: 16, learningRate: 0.01, seed: 3 } as const;
const trainings = {
  "plain descent on the reference": {
    network: plain,
    options: { optimizer: { type: "sgd" }, backend: referenceBackend },
  },
  "momentum, clipped gradients": {
    network: plain,
    options: { optimizer: { type: "sgd", momentum: 0.9 }, clipNorm: 0.5 },
  },
  "Adam, a schedule, dropout, batch normalisation, averages, deformed images": {
    network: wild,
    options: {
      optimizer: { type: "adamw" },
      schedule: { type: "oneCycle" },
      averageDecay: 0.9,
      augmentation: lightAugmentation,
      validation,
    },
  },
  "RMSprop, the best weights kept": {
    network: plain,
    options: { optimizer: { type: "rmsprop" }, learningRate: 0.1, keepBest: true, validation },
  },
} satisfies Record<string, { network: typeof plain; options: Partial<FitOptions> }>;

/** A checkpoint that went through a file. */
async function reread(checkpoint: Checkpoint): Promise<Checkpoint> {
  const bytes = await encodeCheckpoint(checkpoint, purpose);
  return (await decodeCheckpoint(bytes, "checkpoint")).checkpoint;
}

const withoutPace = ({ history }: { history: readonly object[] }) =>
  history.map((record) => ({ ...record, seconds: 0, imagesPerSecond: 0 }));

describe("fit from a checkpoint", () => {
  it.each(Object.entries(trainings))(
    "ends with the same bits and history from after any step: %s",
    async (_name, { network, options }) => {
      const backend = await wasmBackend({ threads: 1 });
      const whole: FitOptions = { ...common, backend, ...options } as FitOptions;
      const checkpoints: Checkpoint[] = [];
      const uninterrupted = await fit(network, set, {
        ...whole,
        checkpoints: {
          every: { steps: 1 },
          async save(checkpoint) {
            checkpoints.push(await reread(checkpoint));
          },
        },
      });
      expect(checkpoints).toHaveLength(Math.ceil((4 * 70) / 16));
      for (const from of checkpoints) {
        const resumed = await fit(network, set, { ...whole, from });
        expect(resumed.weights).toEqual(uninterrupted.weights);
        expect(withoutPace(resumed)).toEqual(withoutPace(uninterrupted));
        expect(resumed.bestEpoch).toBe(uninterrupted.bestEpoch);
      }
    },
  );

  it("ends with the same bits on any number of threads, another one after the checkpoint", async () => {
    const { network, options } =
      trainings["Adam, a schedule, dropout, batch normalisation, averages, deformed images"];
    const on = async (threads: number): Promise<FitOptions> => {
      const backend = await wasmBackend({ threads, host: threadHost });
      return { ...common, ...options, backend };
    };
    let from: Checkpoint | undefined;
    const save = async (checkpoint: Checkpoint) => {
      from ??= await reread(checkpoint);
    };
    const checkpoints = { every: { steps: 9 }, save };
    const uninterrupted = await fit(network, set, { ...(await on(1)), checkpoints });
    for (const threads of [2, 4]) {
      const resumed = await fit(network, set, { ...(await on(threads)), from: from! });
      expect(resumed.weights).toEqual(uninterrupted.weights);
    }
  });

  it("stops early at the same epoch, with the same weights", async () => {
    const options: FitOptions = {
      ...common,
      epochs: 100,
      learningRate: 0.5,
      optimizer: { type: "adam" },
      backend: referenceBackend,
      validation,
      patience: 2,
    };
    const checkpoints: Checkpoint[] = [];
    const save = async (checkpoint: Checkpoint) => {
      checkpoints.push(await reread(checkpoint));
    };
    const uninterrupted = await fit(plain, set, {
      ...options,
      checkpoints: { every: { steps: 1 }, save },
    });
    expect(uninterrupted.stoppedEarly).toBe(true);
    for (const from of checkpoints.slice(-12)) {
      const { weights, stoppedEarly, history } = await fit(plain, set, { ...options, from });
      expect(weights).toEqual(uninterrupted.weights);
      expect({ stoppedEarly, epochs: history.length }).toEqual({
        stoppedEarly: true,
        epochs: uninterrupted.history.length,
      });
    }
  });

  it("takes checkpoints by the clock, and one when it is told to stop", async () => {
    const steps: number[] = [];
    const stop = new AbortController();
    const { interrupted, seconds } = await fit(plain, set, {
      ...common,
      epochs: 1000,
      optimizer: { type: "sgd" },
      backend: referenceBackend,
      signal: stop.signal,
      onStep: ({ step }) => {
        if (step === 1000) stop.abort();
      },
      checkpoints: {
        every: { seconds: 0.01 },
        save: async ({ state }) => void steps.push(state.step),
      },
    });
    expect(interrupted).toBe(true);
    expect(steps.at(-1)).toBe(1000);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.length).toBeLessThan(3 + 100 * seconds);
  });

  it("adds up the seconds of all sessions", async () => {
    let last: Checkpoint | undefined;
    const options = { ...common, optimizer: { type: "sgd" }, backend: referenceBackend } as const;
    const save = async (checkpoint: Checkpoint) => {
      last ??= { ...checkpoint, seconds: 5000 };
    };
    await fit(plain, set, { ...options, checkpoints: { every: { steps: 3 }, save } });
    const { seconds, history } = await fit(plain, set, { ...options, from: last! });
    expect(seconds).toBeGreaterThan(5000);
    expect(seconds).toBeLessThan(5060);
    expect(history.map((record) => record.seconds > 5000)).toEqual([true, true, true, true]);
  });
});
