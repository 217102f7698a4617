import modelAddress from "../../models/digits.inkling?url";
import { DeviceError } from "../../src/base/index.js";
import { type Backend, referenceBackend, wasmBackend } from "../../src/engine/index.js";
import { decodeModelFile } from "../../src/nn/index.js";
import { createReader, type Reader } from "../../src/read/index.js";
import { paintInk, type Strokes } from "../ink/index.js";
import type { ReadRequest, WorkerMessage } from "./messages.js";

/** Side of the picture the ink is painted on, in pixels: ten times the model's, so that little is lost. */
const SIDE = 280;
const canvas = new OffscreenCanvas(SIDE, SIDE);

try {
  const reader = await openReader();
  self.addEventListener("message", ({ data }: MessageEvent<ReadRequest>) => {
    try {
      read(reader, data.strokes);
    } catch (error) {
      send({ type: "failed", reason: messageOf(error) });
    }
  });
} catch (error) {
  send({ type: "failed", reason: messageOf(error) });
}

/** Reads ink as the command line reads a file: painted as a picture, dark on light. */
function read(reader: Reader, strokes: Strokes): void {
  const start = performance.now();
  for (const reading of reader.read([pictureOf(strokes)], { top: reader.classes.length })) {
    send({ type: "reading", reading, elapsedMs: performance.now() - start });
  }
}

function pictureOf(strokes: Strokes): ImageData {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser gives no canvas to the reader");
  context.fillStyle = "white";
  context.fillRect(0, 0, SIDE, SIDE);
  paintInk(context, strokes, SIDE);
  return context.getImageData(0, 0, SIDE, SIDE);
}

async function openReader(): Promise<Reader> {
  const response = await fetch(modelAddress);
  if (!response.ok) throw new Error(`the model could not be fetched (HTTP ${response.status})`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const file = decodeModelFile(bytes, "digits.inkling");
  const backend = await fastestBackend();
  const reader = await createReader(file, backend);
  const { width, height } = reader;
  send({
    type: "ready",
    classes: reader.classes,
    width,
    height,
    engine: backend.description,
    modelBytes: bytes.length,
  });
  return reader;
}

/** WebAssembly where the browser knows its vector instructions, else the plain engine: slow, but it reads. */
async function fastestBackend(): Promise<Backend> {
  try {
    return await wasmBackend();
  } catch (error) {
    if (error instanceof DeviceError) return referenceBackend;
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function send(message: WorkerMessage): void {
  self.postMessage(message);
}
