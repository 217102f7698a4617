import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { Picture } from "../../data/index.js";
import { loadModel, loadPicture } from "../../node/index.js";
import { createReader, type Reading } from "../../read/index.js";
import { openBackend } from "../backend.js";
import { CommandError, exitCodes } from "../command-error.js";
import type { Io } from "../io.js";
import { listPictures } from "../list-pictures.js";
import { modelPath } from "../model-path.js";
import { integerIn } from "../option-values.js";
import { printJson } from "../print-json.js";
import { failureLine } from "../report-failure.js";
import { percent, printable } from "../terminal/format.js";
import { halfBlocks, paletteOf } from "../terminal/half-blocks.js";
import { hasColours, styleFor } from "../terminal/style.js";

/** Pictures decoded and read at once: many enough to be fast, few enough for any memory. */
const BATCH = 32;

interface ReadOptions {
  readonly model: string;
  readonly top: number;
  readonly show?: boolean;
  readonly json?: boolean;
}

export function readCommand(io: Io): Command {
  return new Command("read")
    .description("Reads pictures (PNG, JPEG, WebP) of one handwritten character each.")
    .argument("<picture...>", "files, folders, or - for standard input")
    .option("--model <model>", "a bundled model, a .inkling file or a run's folder", "digits")
    .option("--top <n>", "answers to give for a picture", integerIn("--top", 1, 100), 3)
    .addOption(new Option("--show", "draw what the model saw").conflicts("json"))
    .option("--json", "print one JSON line a picture")
    .addHelpText("after", examples)
    .action((pictures: string[], options: ReadOptions) => read(pictures, options, io));
}

const examples = `
Examples:
  inkling read drawing.png
  inkling read scans/ more/*.jpg --json
  inkling read --show --top 1 drawing.png
  curl -s https://example.org/seven.png | inkling read -`;

/** A file with the picture in it, or with what is wrong with it. */
type Decoded = { readonly file: string } & ({ picture: Picture } | { error: unknown });

/** Reads in the order given; a picture that cannot be read gives its error, and the rest is read. */
async function read(named: string[], options: ReadOptions, io: Io): Promise<void> {
  const files = await listPictures(named, io.cwd);
  // Decoding runs ahead: the first batch while the model is made ready, each other during the one before.
  let ahead = decodeBatch(files.slice(0, BATCH), io);
  const model = await loadModel(modelPath(options.model, io.cwd));
  const backend = await openBackend({ device: "auto", threads: 1 });
  const reader = await createReader(model, backend, { batchSize: Math.min(files.length, BATCH) });
  const print = options.json ? jsonPrinter(io) : textPrinter(io, files, options, reader.width);
  const failures: unknown[] = [];
  try {
    for (let end = BATCH; end < files.length + BATCH; end += BATCH) {
      const batch = await ahead;
      ahead = decodeBatch(files.slice(end, end + BATCH), io);
      const pictures = batch.flatMap((item) => ("picture" in item ? [item.picture] : []));
      const readings = reader.read(pictures, { top: options.top }).values();
      for (const item of batch) {
        if ("picture" in item) {
          print(item.file, readings.next().value!);
          continue;
        }
        failures.push(item.error);
        if (files.length > 1) io.stderr.write(`inkling: ${failureLine(item.error)}\n`);
      }
    }
  } finally {
    reader.close();
  }
  if (failures.length === 0) return;
  if (files.length === 1) throw failures[0];
  throw new CommandError(
    exitCodes.failure,
    `${failures.length} of ${files.length} pictures could not be read`,
  );
}

function decodeBatch(files: readonly string[], io: Io): Promise<Decoded[]> {
  return Promise.all(
    files.map(async (file) => {
      try {
        const source = file === "-" ? await io.stdin() : resolve(io.cwd, file);
        return { file, picture: await loadPicture(source) };
      } catch (error) {
        return { file, error };
      }
    }),
  );
}

type Printer = (file: string, reading: Reading) => void;

function jsonPrinter(io: Io): Printer {
  return (file, { status, label, confidence, top }) =>
    printJson(io, { file, status, label, confidence, top });
}

/** `seven.png  7    99.2 %   1 0.5 %  9 0.1 %`, the names padded to the longest. */
function textPrinter(
  io: Io,
  files: readonly string[],
  { show = false }: ReadOptions,
  width: number,
): Printer {
  const { bold, dim, yellow } = styleFor(io.stdout, io.env);
  const palette = paletteOf(hasColours(io.stdout, io.env), io.env);
  const nameWidth = Math.min(40, Math.max(...files.map((file) => file.length)));
  return (file, { status, label, confidence, top, pixels }) => {
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
    if (show) io.stdout.write(`${halfBlocks(pixels, width, { palette })}\n`);
  };
}
