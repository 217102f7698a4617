import { resolve } from "node:path";
import { Command } from "commander";
import type { Picture } from "../../data/index.js";
import { writeFileAtomic } from "../../node/index.js";
import { collectStages, createReader, type Reader, type Reading } from "../../read/index.js";
import { openBackend } from "../backend.js";
import { CommandError, exitCodes, usageError } from "../command-error.js";
import { decodePictures, GROUP } from "../decode-pictures.js";
import { errorRate } from "../error-rate.js";
import { type Explained, explainPage } from "../explain-page.js";
import type { Io, TextStream } from "../io.js";
import { listPictures } from "../list-pictures.js";
import { loadNamedModel } from "../named-model.js";
import { integerIn, nonEmpty } from "../option-values.js";
import {
  answerText,
  charactersOf,
  jsonPrinter,
  oneOrSeveral,
  type PictureReading,
  textPrinter,
} from "../reading-text.js";
import { failureLine } from "../report-failure.js";
import { count } from "../terminal/format.js";
import { halfBlocks, paletteOf } from "../terminal/half-blocks.js";
import { hasColours } from "../terminal/style.js";

/** Most pictures on one page of stages: it holds some hundred kilobytes of each. */
const MOST_EXPLAINED = 100;

interface ReadOptions {
  readonly model: string;
  readonly top: number;
  readonly single?: boolean;
  readonly show?: boolean;
  readonly explain?: string;
  readonly maxError?: number;
  readonly json?: boolean;
}

export function readCommand(io: Io): Command {
  return new Command("read")
    .description(
      "Reads pictures (PNG, JPEG, WebP) of handwritten characters that stand apart: one, or several in rows.",
    )
    .argument(
      "<picture...>",
      "files, folders, or - for standard input",
      (name, before: string[] = []) => [...before, nonEmpty("picture")(name)],
    )
    .option(
      "--model <model>",
      "a bundled model, a .inkling file or a run's folder",
      nonEmpty("--model"),
      "digits",
    )
    .option("--top <n>", "answers to give for a picture", integerIn("--top", 1, 100), 3)
    .option(
      "--max-error <rate>",
      "be unsure rather than wrong more often than this, as 0.1% (default: as the model says)",
      errorRate("--max-error"),
    )
    .option("--single", "take every picture for one character, in however many pieces")
    .option("--show", "draw what the model saw; beside --json, on stderr")
    .option(
      "--explain <file>",
      "write an HTML page that shows every stage from picture to model",
      nonEmpty("--explain"),
    )
    .option("--json", "print one JSON line a picture")
    .addHelpText("after", examples)
    .action((pictures: string[], options: ReadOptions) => read(pictures, options, io));
}

const examples = `
Examples:
  inkling read drawing.png
  inkling read scans/ more/*.jpg --json
  inkling read --show --top 1 drawing.png
  inkling read photo.jpg --explain stages.html
  inkling read scans/ --max-error 0.1%
  curl -s https://example.org/seven.png | inkling read -`;

/** Reads in the order given; a picture that cannot be read gives its error, and the rest is read. */
async function read(named: string[], options: ReadOptions, io: Io): Promise<void> {
  const { files, failures } = await listPictures(named, io.cwd);
  const total = files.length + failures.length;
  const tell = (error: unknown): void => {
    if (total > 1) io.stderr.write(`inkling: ${failureLine(error)}\n`);
  };
  failures.forEach(tell);
  if (options.explain !== undefined && files.length > MOST_EXPLAINED) {
    throw usageError(
      `--explain: must be for at most ${MOST_EXPLAINED} pictures, got ${count(files.length)}`,
    );
  }
  if (files.length > 0) failures.push(...(await readFiles(files, options, { io, tell })));
  if (failures.length === 0) return;
  if (total === 1) throw failures[0];
  throw new CommandError(
    exitCodes.failure,
    `${failures.length} of ${total} pictures could not be read`,
  );
}

/** Prints what the pictures say. Returns what went wrong, told already. */
async function readFiles(
  files: readonly string[],
  options: ReadOptions,
  { io, tell }: { io: Io; tell(error: unknown): void },
): Promise<unknown[]> {
  const groups = decodePictures(files, io);
  // The first are decoded while the model is made ready.
  const first = groups.next();
  const model = await loadNamedModel(options.model, io.cwd);
  const backend = await openBackend({ device: "auto", threads: 1 });
  const reader = await createReader(model, backend, {
    batchSize: Math.min(files.length, GROUP),
    maxError: options.maxError,
  });
  const print = options.json ? jsonPrinter(io) : textPrinter(io, files);
  const draw = options.show
    ? drawer(options.json ? io.stderr : io.stdout, io, reader.width)
    : undefined;
  const failures: unknown[] = [];
  const explained: Explained[] = [];
  try {
    for (let group = await first; !group.done; group = await groups.next()) {
      const pictures = group.value.flatMap((item) => ("picture" in item ? [item.picture] : []));
      const readings = readPictures(pictures, reader, options).values();
      for (const item of group.value) {
        if ("picture" in item) {
          const reading = readings.next().value!;
          print(item.file, reading);
          for (const character of charactersOf(reading)) draw?.(character);
          if (options.explain) explained.push(explain(item, reading, { reader, options }));
          continue;
        }
        failures.push(item.error);
        tell(item.error);
      }
    }
  } finally {
    reader.close();
  }
  if (options.explain !== undefined) {
    await writeFileAtomic(resolve(io.cwd, options.explain), await explainPage(explained));
  }
  return failures;
}

/** One picture, one character, if that is how they are to be read; else all characters of each. */
function readPictures(
  pictures: readonly Picture[],
  reader: Reader,
  { single, top }: ReadOptions,
): PictureReading[] {
  if (single) return reader.read(pictures, { top });
  return reader.find(pictures, { top }).map((found) => oneOrSeveral(found, reader));
}

/** Goes through the stages of a picture once more, with an eye on them. */
function explain(
  { file, picture }: { file: string; picture: Picture },
  reading: PictureReading,
  { reader, options }: { reader: Reader; options: ReadOptions },
): Explained {
  const { stages, watch } = collectStages();
  if (options.single) reader.read([picture], { watch });
  else reader.find([picture], { watch });
  return { name: file, answer: answerText(reading), stages };
}

/** Draws what the model saw. */
function drawer(stream: TextStream, io: Io, width: number): (reading: Reading) => void {
  const palette = paletteOf(hasColours(stream, io.env), io.env);
  return ({ pixels }) => stream.write(`${halfBlocks(pixels, width, { palette })}\n`);
}
