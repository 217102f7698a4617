import { FormatError } from "../../src/base/index.js";
import type { Picture } from "../../src/data/index.js";
import {
  charactersAmong,
  collectStages,
  createReader,
  type FoundReading,
  type Reader,
  type Stage,
} from "../../src/read/index.js";
import { paintSheet } from "../ink/index.js";
import { decodePicture } from "../pictures/index.js";
import { fastestBackend, loadModel } from "./load-model.js";
import type { ReadRequest, ReadResult, ReadStages, Subject, WorkerMessage } from "./messages.js";

/** A reader, and what it was made for. */
interface Opened {
  readonly model: string;
  readonly maxError: number | undefined;
  readonly reader: Reader;
}

/** A picture to read and, where it was a file, to look at. */
interface Decoded {
  readonly picture: Picture;
  readonly shown?: ImageBitmap;
}

let opened: Opened | undefined;

self.addEventListener("message", async ({ data }: MessageEvent<ReadRequest>) => {
  try {
    send(await answer(data));
  } catch (error) {
    send({ type: "failed", reason: messageOf(error) });
  }
});

async function answer(request: ReadRequest): Promise<WorkerMessage> {
  const reader = await readerFor(request);
  try {
    return read(await decode(request.subject), reader, request.explain);
  } catch (error) {
    if (error instanceof FormatError) return { type: "unreadable", reason: error.message };
    throw error;
  }
}

/** The reader of the last request, or a new one where another model or error rate is asked for. */
async function readerFor({ model, maxError }: ReadRequest): Promise<Reader> {
  if (opened?.model === model.name && opened.maxError === maxError) return opened.reader;
  opened?.reader.close();
  opened = undefined;
  const { file, bytes } = await loadModel(model);
  const backend = await fastestBackend();
  const reader = await createReader(file, backend, { maxError });
  opened = { model: model.name, maxError, reader };
  send({
    type: "ready",
    model: model.name,
    classes: reader.classes,
    errors: (file.reading.atError ?? []).map(({ error }) => error).sort((a, b) => b - a),
    engine: backend.description,
    modelBytes: bytes,
  });
  return reader;
}

async function decode(subject: Subject): Promise<Decoded> {
  if (subject.type === "picture") return decodePicture(subject.file, subject.file.name);
  const { canvas, context } = paintSheet(subject.strokes);
  return { picture: context.getImageData(0, 0, canvas.width, canvas.height) };
}

/** Reads as the command line does. */
function read({ picture, shown }: Decoded, reader: Reader, explain: boolean): ReadResult {
  const { stages, watch } = collectStages();
  const start = performance.now();
  const [found = []] = reader.find([picture], {
    top: reader.classes.length,
    ...(explain && { watch }),
  });
  const elapsedMs = performance.now() - start;
  const characters = charactersAmong(found);
  return {
    type: "result",
    characters,
    width: picture.width,
    height: picture.height,
    elapsedMs,
    ...(shown && { shown }),
    ...(explain && { stages: stagesOf(stages, found, characters) }),
  };
}

/** Stages come in the order gone through: those of the picture, then those of each character found. */
function stagesOf(
  stages: readonly Stage[],
  found: readonly FoundReading[],
  characters: readonly FoundReading[],
): ReadStages {
  const first = stages.findIndex(({ name }) => name === "character");
  const picture = first < 0 ? stages : stages.slice(0, first);
  const each = (stages.length - picture.length) / Math.max(1, found.length);
  return {
    picture,
    characters: characters.map((character) => {
      const start = picture.length + each * found.indexOf(character);
      return stages.slice(start, start + each);
    }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Pictures are handed over, not copied. */
function send(message: WorkerMessage): void {
  self.postMessage(message, { transfer: transferable(message) });
}

function transferable(message: WorkerMessage): Transferable[] {
  if (message.type !== "result") return [];
  const { shown, stages = { picture: [], characters: [] } } = message;
  const planes = [...stages.picture, ...stages.characters.flat()];
  return [...(shown ? [shown] : []), ...planes.map(({ pixels }) => pixels.buffer)];
}
