import { resolve } from "node:path";
import {
  type DataSet,
  DEFAULT_LEAK_THRESHOLD,
  encodePng,
  findLeaks,
  type ImageSet,
  type Leak,
  leakSheet,
} from "../data/index.js";
import { writeFileAtomic } from "../node/index.js";
import type { Io } from "./io.js";
import { printJson } from "./print-json.js";
import { stageProgress } from "./stage-progress.js";
import { count, percent, printable } from "./terminal/format.js";
import { styleFor } from "./terminal/style.js";
import { formatTable } from "./terminal/table.js";

export interface LeakChoices {
  readonly threshold?: number;
  /** Where a picture of pairs goes, if one is wanted. */
  readonly sheet?: string;
  readonly json?: boolean;
}

/** Images, and the ones they are compared with. */
interface Comparison {
  /** `test in train`. */
  readonly name: string;
  readonly set: ImageSet;
  /** Absent where images are compared with those before them. */
  readonly among: ImageSet | undefined;
}

interface Compared extends Comparison {
  readonly leaks: readonly Leak[];
  readonly seconds: number;
}

/**
 * Tells which images of a set occur twice, within its parts and in both; or, given another set, which of
 * its images are also in that.
 */
export async function inspectLeaks(
  data: DataSet,
  against: DataSet | undefined,
  choices: LeakChoices,
  io: Io,
): Promise<void> {
  const { threshold = DEFAULT_LEAK_THRESHOLD, sheet, json = false } = choices;
  const compared: Compared[] = [];
  const progress = stageProgress(io);
  for (const comparison of comparisonsOf(data, against)) {
    const { name, set, among } = comparison;
    const begun = performance.now();
    const leaks = await findLeaks(set, among, {
      threshold,
      onProgress: (share) => progress.onProgress(name, share),
    });
    compared.push({ ...comparison, leaks, seconds: (performance.now() - begun) / 1000 });
  }
  progress.end();
  if (sheet !== undefined) {
    const pairs = compared.map(({ set, among = set, leaks }) => ({ set, among, leaks }));
    const picture = leakSheet(pairs);
    await writeFileAtomic(resolve(io.cwd, sheet), await encodePng(picture.pixels, picture));
  }
  if (json) {
    const names = { name: data.name, against: against?.name ?? null };
    printJson(io, { ...names, threshold, sheet: sheet ?? null, comparisons: compared.map(record) });
    return;
  }
  io.stdout.write(leakText(data, against, { compared, threshold, io }));
  if (sheet !== undefined) io.stdout.write(`\npairs, copies before others: ${sheet}\n`);
}

function comparisonsOf(data: DataSet, against: DataSet | undefined): Comparison[] {
  const own = partsOf(data);
  if (against !== undefined) {
    return own.flatMap(([part, set]) =>
      partsOf(against).map(([other, among]) => ({
        name: `${part} in ${printable(against.name)}'s ${other}`,
        set,
        among,
      })),
    );
  }
  const within = own.map(([part, set]) => ({ name: `within ${part}`, set, among: undefined }));
  const [[, train], [, test] = []] = own as [[string, ImageSet], [string, ImageSet]?];
  return test ? [{ name: "test in train", set: test, among: train }, ...within] : within;
}

function partsOf({ train, test }: DataSet): [name: string, set: ImageSet][] {
  const isTwo = test !== undefined && test !== train;
  return isTwo
    ? [
        ["train", train],
        ["test", test],
      ]
    : [["train", train]];
}

/** How many images are exact copies, copies by the look of them, alike, and alike but labelled differently. */
function figuresOf({ set, among = set, leaks }: Compared) {
  const differs = ({ image, other }: Leak): boolean =>
    set.classes[set.labels[image]!] !== among.classes[among.labels[other]!];
  return {
    images: set.count,
    exact: leaks.filter(({ isExact }) => isExact).length,
    copies: leaks.filter(({ standsOut }) => standsOut).length,
    alike: leaks.length,
    labelsDiffer: leaks.filter((leak) => leak.standsOut && differs(leak)).length,
  };
}

function record(comparison: Compared) {
  const { name, leaks, seconds } = comparison;
  return { comparison: name, ...figuresOf(comparison), seconds, pairs: leaks };
}

function leakText(
  data: DataSet,
  against: DataSet | undefined,
  { compared, threshold, io }: { compared: readonly Compared[]; threshold: number; io: Io },
): string {
  const { bold, dim } = styleFor(io.stdout, io.env);
  const head = ["", "images", "copies", "of them exact", "relabelled", "alike", "time"].map(dim);
  const rows = compared.map((comparison) => {
    const { images, exact, copies, alike, labelsDiffer } = figuresOf(comparison);
    const figures = [images, copies, exact, labelsDiffer, alike].map(count);
    return [bold(comparison.name), ...figures, `${comparison.seconds.toFixed(1)} s`];
  });
  const names = printable(data.name) + (against ? ` against ${printable(against.name)}` : "");
  return [
    `${bold(names)}, similarity from ${threshold} on\n`,
    formatTable([head, ...rows], "lrrrrrr"),
    "\n",
    ...compared.map((comparison) => `${verdict(comparison)}\n`),
  ].join("");
}

function verdict(comparison: Compared): string {
  const { images, copies } = figuresOf(comparison);
  const share = `${count(copies)} of ${count(images)} images (${percent(copies / Math.max(1, images), 1)})`;
  if (copies === 0) return `${comparison.name}: no copies found.`;
  return comparison.among === undefined
    ? `${comparison.name}: ${share} look like copies of one before.`
    : `${comparison.name}: ${share} look like copies; a model trained on one side must not be tested on these.`;
}
