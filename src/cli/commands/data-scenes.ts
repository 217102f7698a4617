import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { Random } from "../../base/index.js";
import {
  drawScene,
  type Scene,
  type SceneKind,
  type StrokeGlyph,
  sceneKinds,
  syntheticGlyph,
} from "../../data/index.js";
import {
  type EncodedScene,
  encodeScene,
  loadStrokes,
  sceneSheet,
  writeFileAtomic,
} from "../../node/index.js";
import { usageError } from "../command-error.js";
import type { Io } from "../io.js";
import { integerIn, nonEmpty, oneOf } from "../option-values.js";
import { printJson } from "../print-json.js";
import { stageProgress } from "../stage-progress.js";
import { count } from "../terminal/format.js";

/** Most scenes on one sheet: what can still be looked over. */
const MOST_ON_SHEET = 1000;

interface ScenesOptions {
  readonly count: number;
  readonly seed: number;
  readonly kind?: SceneKind;
  readonly strokes: "synthetic" | "unipen";
  readonly out?: string;
  readonly sheet?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

export function scenesCommand(io: Io): Command {
  return new Command("scenes")
    .description(
      "Draws digits as they are photographed, scanned and drawn, for trying how well they are read.",
    )
    .option("--count <n>", "scenes to draw", integerIn("--count", 1, 100_000), 40)
    .option("--seed <n>", "same seed, same scenes", integerIn("--seed", 0, 2 ** 32 - 1), 1)
    .option(
      "--kind <kind>",
      `one of ${sceneKinds.join(", ")} (default: all in turn)`,
      oneOf("--kind", sceneKinds),
    )
    .option(
      "--strokes <source>",
      "who wrote them: synthetic, or the writers of unipen's test part",
      oneOf("--strokes", ["synthetic", "unipen"]),
      "synthetic",
    )
    .option(
      "--out <folder>",
      "keep every scene here, below a folder for its label",
      nonEmpty("--out"),
    )
    .option("--sheet <file>", "keep all on one PNG, to look over", nonEmpty("--sheet"))
    .option(
      "--data-dir <folder>",
      "look for unipen here, then in $INKLING_DATA",
      nonEmpty("--data-dir"),
    )
    .option("--json", "print one JSON line a scene")
    .addHelpText("after", examples)
    .action((options: ScenesOptions) => drawScenes(options, io));
}

const examples = `
Examples:
  inkling data scenes --sheet scenes.png
  inkling data scenes --kind shadow --count 20 --out shadows/
  inkling evaluate digits --data shadows/`;

async function drawScenes(options: ScenesOptions, io: Io): Promise<void> {
  const { out, sheet } = options;
  if (out === undefined && sheet === undefined) {
    throw usageError(
      "data scenes: must be told where scenes go; say --out <folder> or --sheet <file>",
    );
  }
  if (sheet !== undefined && options.count > MOST_ON_SHEET) {
    throw usageError(
      `--sheet: must be for at most ${MOST_ON_SHEET} scenes, got ${options.count}; keep them with --out`,
    );
  }
  const digits = options.strokes === "unipen" ? await unipenDigits(options, io) : undefined;
  const pictures: EncodedScene[] = [];
  const progress = stageProgress(io);
  for (let index = 0; index < options.count; index++) {
    progress.onProgress("drawing", index / options.count);
    const scene = drawOne(index, digits, options);
    const bytes = await encodeScene(scene);
    const file = out && (await keep(scene, bytes, { out, index, cwd: io.cwd }));
    const { kind, label, width, height } = scene;
    if (options.json) printJson(io, { kind, label, width, height, ...(file && { file }) });
    if (sheet !== undefined) pictures.push({ scene, bytes });
  }
  progress.end();
  if (sheet !== undefined) {
    await writeFileAtomic(resolve(io.cwd, sheet), await sceneSheet(pictures));
  }
  if (options.json) return;
  const places = [out, sheet].filter((place) => place !== undefined).join(", ");
  io.stdout.write(`${count(options.count)} scenes: ${places}\n`);
}

/** The scene of a number is the same whatever others are drawn. */
function drawOne(
  index: number,
  digits: readonly StrokeGlyph[] | undefined,
  { seed, kind = sceneKinds[index % sceneKinds.length]! }: ScenesOptions,
): Scene {
  const random = new Random(seed).fork(`scene ${index}`);
  const glyph =
    digits?.[random.integer(digits.length)] ?? syntheticGlyph(String(random.integer(10)), random);
  return drawScene(glyph, { random, kind });
}

async function unipenDigits({ dataDir }: ScenesOptions, io: Io): Promise<StrokeGlyph[]> {
  const place = {
    env: io.env,
    ...(dataDir !== undefined && { dataDir: resolve(io.cwd, dataDir) }),
  };
  return (await loadStrokes("test", place)).filter(({ label }) => /^\d$/.test(label));
}

/** Keeps a scene as `7/0012-shadow.jpg`. Returns its name below the folder. */
async function keep(
  scene: Scene,
  bytes: Uint8Array,
  { out, index, cwd }: { out: string; index: number; cwd: string },
): Promise<string> {
  const ending = scene.jpegQuality === undefined ? "png" : "jpg";
  const name = join(scene.label, `${String(index).padStart(4, "0")}-${scene.kind}.${ending}`);
  await mkdir(resolve(cwd, out, scene.label), { recursive: true });
  await writeFileAtomic(resolve(cwd, out, name), bytes);
  return name;
}
