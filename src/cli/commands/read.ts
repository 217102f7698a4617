import { Command } from "commander";
import { createReader, type Reading } from "../../read/index.js";
import { openBackend } from "../backend.js";
import { CommandError, exitCodes } from "../command-error.js";
import { decodePictures, GROUP } from "../decode-pictures.js";
import { errorRate } from "../error-rate.js";
import type { Io, TextStream } from "../io.js";
import { listPictures } from "../list-pictures.js";
import { loadNamedModel } from "../named-model.js";
import { integerIn, nonEmpty } from "../option-values.js";
import { printJson } from "../print-json.js";
import { failureLine } from "../report-failure.js";
import { percent, printable } from "../terminal/format.js";
import { halfBlocks, paletteOf } from "../terminal/half-blocks.js";
import { hasColours, styleFor } from "../terminal/style.js";

interface ReadOptions {
  readonly model: string;
  readonly top: number;
  readonly show?: boolean;
  readonly maxError?: number;
  readonly json?: boolean;
}

export function readCommand(io: Io): Command {
  return new Command("read")
    .description("Reads pictures (PNG, JPEG, WebP) of one handwritten character each.")
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
    .option("--show", "draw what the model saw; beside --json, on stderr")
    .option("--json", "print one JSON line a picture")
    .addHelpText("after", examples)
    .action((pictures: string[], options: ReadOptions) => read(pictures, options, io));
}

const examples = `
Examples:
  inkling read drawing.png
  inkling read scans/ more/*.jpg --json
  inkling read --show --top 1 drawing.png
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
  try {
    for (let group = await first; !group.done; group = await groups.next()) {
      const pictures = group.value.flatMap((item) => ("picture" in item ? [item.picture] : []));
      const readings = reader.read(pictures, { top: options.top }).values();
      for (const item of group.value) {
        if ("picture" in item) {
          const reading = readings.next().value!;
          print(item.file, reading);
          draw?.(reading);
          continue;
        }
        failures.push(item.error);
        tell(item.error);
      }
    }
  } finally {
    reader.close();
  }
  return failures;
}

type Printer = (file: string, reading: Reading) => void;

function jsonPrinter(io: Io): Printer {
  return (file, { status, label, confidence, top }) =>
    printJson(io, { file, status, label, confidence, top });
}

/** `seven.png  7    99.2 %   1 0.5 %  9 0.1 %`, the names padded to the longest. */
function textPrinter(io: Io, files: readonly string[]): Printer {
  const { bold, dim, yellow } = styleFor(io.stdout, io.env);
  const nameWidth = Math.min(40, Math.max(...files.map((file) => file.length)));
  return (file, { status, label, confidence, top }) => {
    const others = top
      .slice(1)
      .map((other) => `${printable(other.label)} ${percent(other.confidence, 1)}`);
    const answer =
      status === "nothing"
        ? dim("nothing here")
        : [
            status === "read" ? `${bold(printable(`${label}`))} ` : yellow(printable(`${label}?`)),
            percent(confidence, 1).padStart(8),
            dim(others.length > 0 ? `  ${others.join("  ")}` : ""),
          ].join(" ");
    io.stdout.write(`${printable(file).padEnd(nameWidth)}  ${answer}`.trimEnd().concat("\n"));
  };
}

/** Draws what the model saw. */
function drawer(stream: TextStream, io: Io, width: number): (reading: Reading) => void {
  const palette = paletteOf(hasColours(stream, io.env), io.env);
  return ({ pixels }) => stream.write(`${halfBlocks(pixels, width, { palette })}\n`);
}
