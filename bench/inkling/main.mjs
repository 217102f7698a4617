// Inkling, asked in the same way as its peers; see ../peers/serve.mjs.
import { wasmBackend } from "../../dist/engine/index.js";
import { threadHost } from "../../dist/node/index.js";
import { serve } from "../peers/serve.mjs";
import { measureAugmentation } from "./augmentation.mjs";
import { measureBusyCore } from "./busy-core.mjs";
import { measurePeak } from "./peak.mjs";
import { measureProduct } from "./product.mjs";
import { measureReadPicture } from "./read-picture.mjs";
import { measureReading } from "./reading.mjs";
import { measureTimeTo99 } from "./time-to-99.mjs";
import { measureTraining } from "./training.mjs";

const kinds = {
  train: measureTraining,
  infer: measureReading,
  gemm: measureProduct,
  augment: measureAugmentation,
  busy: measureBusyCore,
  read: measureReadPicture,
  "time-to-99": measureTimeTo99,
};

await serve(async (request) => {
  const { kind, threads } = request;
  if (kind === "peak") return measurePeak(threads);
  const backend = await wasmBackend({ threads, host: threadHost });
  return { note: backend.description, ...(await kinds[kind](request, backend)) };
});
