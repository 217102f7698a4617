// ONNX Runtime in WebAssembly, in Node: SIMD, and threads where more than one is asked for.
import * as ort from "onnxruntime-web";
import { onnxReading } from "../onnx-reading.mjs";
import { serve } from "../serve.mjs";

await serve((request) => {
  ort.env.wasm.numThreads = request.threads;
  return onnxReading(ort, request, {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
});
