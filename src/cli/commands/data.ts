import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { DataError } from "../../base/index.js";
import {
  type CatalogEntry,
  contactSheet,
  countsPerClass,
  type DataSet,
  DEFAULT_LEAK_THRESHOLD,
  dataSetCatalog,
  encodePng,
  type ImageSet,
  publicFilesOf,
  valueRange,
} from "../../data/index.js";
import { isImageData, locateDataSet, writeFileAtomic } from "../../node/index.js";
import { addPlaceOptions, loadData, loadSamples } from "../data-options.js";
import { inspectLeaks } from "../inspect-leaks.js";
import type { Io } from "../io.js";
import { nonEmpty, oneOf, similarity } from "../option-values.js";
import { printJson } from "../print-json.js";
import { tableFigures, tableInspection } from "../table-inspection.js";
import { bytes, count, printable } from "../terminal/format.js";
import { styleFor } from "../terminal/style.js";
import { formatTable } from "../terminal/table.js";
import { scenesCommand } from "./data-scenes.js";

interface ListOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

interface PlaceOptions extends ListOptions {
  readonly offline?: boolean;
}

interface InspectOptions extends PlaceOptions {
  readonly label?: string;
  readonly sheet?: string;
  readonly leaks?: boolean;
  readonly against?: string;
  readonly threshold: number;
}

export function dataCommand(io: Io): Command {
  const list = new Command("list")
    .description("Lists the named data sets, and where those at hand lie.")
    .option("--data-dir <folder>", "look here first, then in $INKLING_DATA", nonEmpty("--data-dir"))
    .option("--json", "print them as JSON")
    .action((options: ListOptions) => listSets(options, io));

  const get = addPlaceOptions(
    new Command("get")
      .description("Fetches a named set into the cache, unless it is at hand already.")
      .argument("<name>", "one of `inkling data list`"),
  )
    .option("--json", "print what was found as JSON")
    .action((name: string, options: PlaceOptions) => getSet(name, options, io));

  const inspect = addPlaceOptions(
    new Command("inspect")
      .description(
        "Counts a set's images, tells their range of values, draws a contact sheet; of a table, tells what its columns hold.",
      )
      .argument("<set>", "a named set, synthetic, a file or a folder", nonEmpty("set")),
  )
    .option("--label <column>", "the column of a table that holds the labels", nonEmpty("--label"))
    .option(
      "--sheet <file>",
      "where the contact sheet goes (default: <set>.png here); with --leaks, the sheet of pairs",
      nonEmpty("--sheet"),
    )
    .option("--leaks", "look for images that occur twice, within the parts and in both")
    .addOption(
      new Option("--against <set>", "with --leaks, look in another set instead")
        .argParser(nonEmpty("--against"))
        .implies({ leaks: true }),
    )
    .addOption(
      new Option("--threshold <similarity>", "from which images count as alike, 0.5 to 1")
        .argParser(similarity("--threshold"))
        .default(DEFAULT_LEAK_THRESHOLD),
    )
    .option("--json", "print the figures as JSON")
    .action((set: string, options: InspectOptions) => inspectSet(set, options, io));

  return new Command("data")
    .description("Data sets: those with a name, and any folder.")
    .addCommand(list)
    .addCommand(get)
    .addCommand(inspect)
    .addCommand(scenesCommand(io))
    .addHelpText("after", examples);
}

const examples = `
Examples:
  inkling data list
  inkling data get mnist
  inkling data inspect mnist --sheet digits.png
  inkling data inspect photos/ --json
  inkling data inspect mnist --leaks --sheet pairs.png
  inkling data inspect digits-20x20 --against mnist`;

/** A named set, and where it comes from. */
interface ListedSet {
  readonly name: string;
  readonly summary: string;
  readonly classes: number;
  readonly licence: string;
  readonly source: string;
  /** Folder that holds its files, if they are at hand. */
  readonly at: string | null;
}

async function listSets({ dataDir, json }: ListOptions, io: Io): Promise<void> {
  const place = {
    env: io.env,
    ...(dataDir !== undefined && { dataDir: resolve(io.cwd, dataDir) }),
  };
  const sets: ListedSet[] = await Promise.all(
    dataSetCatalog.map(async (entry) => ({
      name: entry.name,
      summary: entry.summary,
      classes: entry.classes.length,
      licence: entry.licence,
      source: sourceOf(entry),
      at: (await locateDataSet(entry, place))?.folder ?? null,
    })),
  );
  sets.push({
    name: "synthetic",
    summary: "digits drawn by a generator, 20,000 + 4,000, 28×28",
    classes: 10,
    licence: "",
    source: "generated",
    at: null,
  });
  if (json) {
    for (const set of sets) printJson(io, set);
    return;
  }
  const { bold, dim } = styleFor(io.stdout, io.env);
  const rows = sets.map(({ name, summary, source, at }) => [
    bold(name),
    summary,
    at ?? dim(source),
  ]);
  io.stdout.write(formatTable(rows, "lll"));
}

function sourceOf({ origin }: CatalogEntry): string {
  if (origin === undefined) return "data folder only";
  const total = publicFilesOf(origin).reduce((sum, file) => sum + file.bytes, 0);
  return `fetched on first use, ${bytes(total)}`;
}

async function getSet(name: string, options: PlaceOptions, io: Io): Promise<void> {
  const known = dataSetCatalog.map((entry) => entry.name);
  const data = await loadData({ ...options, data: oneOf("data get", known)(name) }, io);
  const images = { train: data.train.count, test: data.test?.count ?? 0 };
  if (options.json) {
    printJson(io, { name: data.name, ...images, files: data.files });
    return;
  }
  io.stdout.write(`${data.name}: ${count(images.train)} + ${count(images.test)} images at hand\n`);
}

async function inspectSet(name: string, options: InspectOptions, io: Io): Promise<void> {
  if (options.leaks) {
    const data = await loadData({ ...options, data: name }, io);
    const { against } = options;
    const other =
      against === undefined ? undefined : await loadData({ ...options, data: against }, io);
    return inspectLeaks(data, other, options, io);
  }
  const data = await loadSamples({ ...options, data: name }, io);
  if (!isImageData(data)) {
    if (options.json) printJson(io, tableFigures(data));
    else io.stdout.write(tableInspection(data, styleFor(io.stdout, io.env)));
    return;
  }
  const sheet = options.sheet ?? `${data.name.replace(/^([a-z]{2,}):/, "$1-")}.png`;
  if (options.sheet === undefined && existsSync(resolve(io.cwd, sheet))) {
    throw new DataError(
      `${sheet}: must not exist yet, where the contact sheet would go; to replace it say --sheet ${sheet}`,
    );
  }
  const { pixels, width, height } = contactSheet(data.train);
  await writeFileAtomic(resolve(io.cwd, sheet), await encodePng(pixels, { width, height }));
  const parts = { train: data.train, ...(data.test && { test: data.test }) };
  if (options.json) {
    const figures = Object.entries(parts).map(([part, set]) => [part, figuresOf(set)]);
    printJson(io, { name: data.name, ...Object.fromEntries(figures), files: data.files, sheet });
    return;
  }
  io.stdout.write(`${inspection(data, parts, io)}\ncontact sheet: ${sheet}\n`);
}

function figuresOf(set: ImageSet) {
  const counts = countsPerClass(set);
  return {
    count: set.count,
    height: set.height,
    width: set.width,
    channels: set.channels,
    range: valueRange(set),
    perClass: set.classes.map((label, index) => ({ label, count: counts[index]! })),
  };
}

function inspection(data: DataSet, parts: Record<string, ImageSet>, io: Io): string {
  const { bold, dim } = styleFor(io.stdout, io.env);
  const figures = Object.entries(parts).map(([part, set]) => ({ part, ...figuresOf(set) }));
  const overview = figures.map(({ part, count: images, height, width, range }) => [
    bold(part),
    `${count(images)} images`,
    `${height}×${width}`,
    `values ${range[0]} to ${range[1]}`,
  ]);
  const classes = data.train.classes.map((label, index) => [
    printable(label),
    ...figures.map(({ perClass }) => count(perClass[index]!.count)),
  ]);
  const head = ["class", ...figures.map(({ part }) => part)].map(dim);
  return [
    `${bold(data.name)}\n`,
    formatTable(overview, "lrll"),
    "\n",
    formatTable([head, ...classes], `l${"r".repeat(figures.length)}`),
  ].join("");
}
