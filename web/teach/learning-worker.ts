import { Random } from "../../src/base/index.js";
import type { ImageSet } from "../../src/data/index.js";
import type { Backend } from "../../src/engine/index.js";
import {
  answersAs,
  type BeforeAndAfter,
  beforeAndAfter,
  fitReading,
  predict,
  whatGotWorse,
} from "../../src/evaluate/index.js";
import { encodeModelFile, type ModelFile } from "../../src/nn/index.js";
import { answersOf } from "../../src/read/index.js";
import { adapt, drawnRehearsal, labelledBy, rehearsalFor } from "../../src/train/index.js";
import { fastestBackend, loadModel } from "../reader/load-model.js";
import type { Example } from "./example.js";
import type { Learned, LearningMessage, LearnRequest } from "./messages.js";

/** Drawings that the model learns again, so that it does not forget, and others that it is tested on. */
const DRAWN = 2000;
const SEED = 1;

self.addEventListener("message", async ({ data }: MessageEvent<LearnRequest>) => {
  try {
    send(await learn(data));
  } catch (error) {
    send({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
});

/** Does what `inkling adapt` does. */
async function learn({ model, examples }: LearnRequest): Promise<Learned> {
  send({ type: "progress", what: "drawing what it knows", share: 0 });
  const { file } = await loadModel(model);
  const backend = await fastestBackend();
  const random = new Random(SEED);
  const startMs = performance.now();
  const { file: taught, heldOut } = await adapt(file, imagesOf(examples, file), {
    rehearsal: rehearsalFor(file, { count: DRAWN, random: random.fork("rehearsal") }),
    seed: SEED,
    backend,
    onProgress: (what, share) => send({ type: "progress", what, share }),
  });
  const seconds = (performance.now() - startMs) / 1000;
  const { classes } = taught;
  const fitted = fitReading(heldOut.after, { labels: heldOut.labels, classes }, file.reading);
  const adapted = { ...taught, reading: fitted.reading };
  const fresh = beforeAndAfter("your characters, held out", { ...heldOut, classes }, heldOut);
  const old = await readDrawings(file, adapted, { random: random.fork("drawn test"), backend });
  const worse = whatGotWorse(fresh, old);
  return {
    type: "learned",
    file: new Blob([Uint8Array.from(encodeModelFile(adapted))]),
    added: classes.filter((label) => !file.classes.includes(label)),
    seconds,
    fresh,
    ...(old && { old }),
    ...(worse && { worse }),
  };
}

/** Both models on drawings of the characters that the first knows. */
async function readDrawings(
  before: ModelFile,
  after: ModelFile,
  { random, backend }: { readonly random: Random; readonly backend: Backend },
): Promise<BeforeAndAfter | undefined> {
  const characters = { ...before, classes: answersOf(before.classes) };
  const drawn = drawnRehearsal(characters, { count: DRAWN, random });
  if (drawn === undefined) return undefined;
  const set = labelledBy(drawn, after.classes);
  const answers = ({ model, weights }: ModelFile, done: number): Promise<Float32Array> =>
    predict(model, weights, set, {
      backend,
      onProgress: (share) =>
        send({ type: "progress", what: "reading what it knew", share: (done + share) / 2 }),
    });
  return beforeAndAfter("drawings of what it knew", set, {
    before: answersAs(after.classes, await answers(before, 0), before.classes),
    after: await answers(after, 1),
  });
}

function imagesOf(examples: readonly Example[], { model }: ModelFile): ImageSet {
  const [height = 0, width = 0] = model.input;
  const images = new Uint8Array(examples.length * height * width);
  examples.forEach(({ pixels }, i) => {
    images.set(pixels, i * height * width);
  });
  const classes = [...new Set(examples.map(({ label }) => label))];
  const labels = Int32Array.from(examples, ({ label }) => classes.indexOf(label));
  return { count: examples.length, height, width, channels: 1, images, labels, classes };
}

function send(message: LearningMessage): void {
  self.postMessage(message);
}
