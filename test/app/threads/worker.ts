import { browserThreadHost, wasmBackend } from "../../../src/engine/index.js";
import { digestOf, start, train, trainingPlan } from "../../training-step.js";

self.onmessage = async ({ data: threads }: MessageEvent<number>) => {
  const backend = await wasmBackend({ threads, host: browserThreadHost, strict: true });
  const program = await backend.load(trainingPlan());
  start(program);
  train(program, 3);
  self.postMessage({ description: backend.description, weights: await digestOf(program) });
  program.close();
};
// A rejection alone would not reach the page.
self.onunhandledrejection = ({ reason }) => {
  throw reason;
};
