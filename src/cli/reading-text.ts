import { charactersAmong, type FoundReading, type Reader, type Reading } from "../read/index.js";
import type { Io } from "./io.js";
import { printJson } from "./print-json.js";
import { count, percent, printable } from "./terminal/format.js";
import { styleFor } from "./terminal/style.js";

/** What is told of one picture: of its one character, or of all. */
export type PictureReading = Reading | readonly FoundReading[];

/** What was found as it is told: a single character stands for the picture. */
export function oneOrSeveral(found: readonly FoundReading[], reader: Reader): PictureReading {
  const characters = charactersAmong(found);
  if (characters.length > 1) return characters;
  const nothing: Reading = {
    status: "nothing",
    label: null,
    confidence: 0,
    top: [],
    pixels: new Uint8Array(reader.width * reader.height),
  };
  return characters[0] ?? nothing;
}

/** The readings of every character of a picture. */
export function charactersOf(reading: PictureReading): readonly Reading[] {
  return "status" in reading ? [reading] : reading;
}

export type Printer = (file: string, reading: PictureReading) => void;

/** One JSON line a picture; where it holds several characters, they are listed with their boxes. */
export function jsonPrinter(io: Io): Printer {
  return (file, reading) => {
    if ("status" in reading) {
      const { status, label, confidence, top } = reading;
      printJson(io, { file, status, label, confidence, top });
      return;
    }
    const characters = reading.map(({ pixels: _, ...character }) => character);
    printJson(io, { file, ...sumOf(reading), characters });
  };
}

/** `seven.png  7    99.2 %   1 0.5 %  9 0.1 %`, the names padded to the longest. */
export function textPrinter(io: Io, files: readonly string[]): Printer {
  const { bold, dim, yellow } = styleFor(io.stdout, io.env);
  const nameWidth = Math.min(40, Math.max(...files.map((file) => file.length)));
  const answer = ({ status, label }: Reading) =>
    status === "read" ? bold(printable(`${label}`)) : yellow(printable(`${label}?`));
  const one = (reading: Reading) => {
    const { status, confidence, top } = reading;
    if (status === "nothing") return dim("nothing here");
    const others = top
      .slice(1)
      .map((other) => `${printable(other.label)} ${percent(other.confidence, 1)}`);
    return [
      status === "read" ? `${answer(reading)} ` : answer(reading),
      percent(confidence, 1).padStart(8),
      dim(others.length > 0 ? `  ${others.join("  ")}` : ""),
    ].join(" ");
  };
  const several = (readings: readonly FoundReading[]) => {
    const rows = rowsOf(readings).map((row) => row.map(answer).join(" "));
    const all = `${count(readings.length)} characters, ${percent(sumOf(readings).confidence, 1)} for all`;
    return `${rows.join(dim(" / "))}   ${dim(all)}`;
  };
  return (file, reading) => {
    const text = "status" in reading ? one(reading) : several(reading);
    io.stdout.write(`${printable(file).padEnd(nameWidth)}  ${text}`.trimEnd().concat("\n"));
  };
}

/** What was read, in a few words. */
export function answerText(reading: PictureReading): string {
  if (!("status" in reading)) return sumOf(reading).label.replaceAll("\n", " / ");
  const { status, label, confidence } = reading;
  if (status === "nothing") return "nothing here";
  return `${label}${status === "read" ? "" : "?"}, ${percent(confidence, 1)}`;
}

/** Several readings as one: a line of labels for every row, the product of the confidences. */
function sumOf(readings: readonly FoundReading[]) {
  return {
    status: readings.every(({ status }) => status === "read") ? "read" : "unsure",
    label: rowsOf(readings)
      .map((row) => row.map(({ label }) => label).join(""))
      .join("\n"),
    confidence: readings.reduce((product, { confidence }) => product * confidence, 1),
  };
}

function rowsOf(readings: readonly FoundReading[]): FoundReading[][] {
  const rows = new Map<number, FoundReading[]>();
  for (const reading of readings)
    rows.set(reading.row, [...(rows.get(reading.row) ?? []), reading]);
  return [...rows.values()];
}
