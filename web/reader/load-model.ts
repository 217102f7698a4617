import { DeviceError } from "../../src/base/index.js";
import { type Backend, referenceBackend, wasmBackend } from "../../src/engine/index.js";
import { decodeModelFile, type ModelFile } from "../../src/nn/index.js";
import type { ModelSource } from "./models.js";

/** The model and the size of its file. */
export async function loadModel({
  name,
  from,
}: ModelSource): Promise<{ readonly file: ModelFile; readonly bytes: number }> {
  const content = from instanceof Blob ? from : await fetched(from);
  const bytes = new Uint8Array(await content.arrayBuffer());
  return { file: decodeModelFile(bytes, `${name}.inkling`), bytes: bytes.length };
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the model could not be fetched (HTTP ${response.status})`);
  return response;
}

/** WebAssembly where the browser knows its vector instructions, else the plain engine: slow, but it works. */
export async function fastestBackend(): Promise<Backend> {
  try {
    return await wasmBackend();
  } catch (error) {
    if (error instanceof DeviceError) return referenceBackend;
    throw error;
  }
}
