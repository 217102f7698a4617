// Reading with ONNX Runtime: the same for its native and its WebAssembly build.
import { onnxModel } from "./onnx-model.mjs";
import { batchesOf } from "./samples.mjs";
import { repeatedAsync } from "./serve.mjs";

/** @param sessionOptions - how the session is set up at its best */
export async function onnxReading(ort, request, sessionOptions) {
  if (request.kind !== "infer") throw new Error("ONNX Runtime only runs trained networks");
  const { batch, model, threads } = request;
  const session = await ort.InferenceSession.create(onnxModel(model, batch), sessionOptions);
  const pixels = model.input.reduce((product, it) => product * it);
  const next = batchesOf(request, ({ images }) => ({
    images: new ort.Tensor("float32", images, [batch, pixels]),
  }));
  const measure = repeatedAsync(() => session.run(next()));
  return { measure, note: `fixed batch, all graph optimizations, threads: ${threads}` };
}
