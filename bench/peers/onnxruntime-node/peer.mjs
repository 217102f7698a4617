// ONNX Runtime, native.
import ort from "onnxruntime-node";
import { onnxReading } from "../onnx-reading.mjs";
import { serve } from "../serve.mjs";

await serve((request) =>
  onnxReading(ort, request, {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    intraOpNumThreads: request.threads,
  }),
);
