import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The command that trains all of a row. */
export function commandOf({ recipe, options = [], seeds, folds }) {
  const several = [...(seeds > 1 ? ["--seeds", seeds] : []), ...(folds ? ["--folds", folds] : [])];
  return ["inkling", "train", recipe, ...options, ...several].join(" ");
}

/** One training of a row after the other: every seed with every fold, each a run of its own. */
export function jobsOf(row, folder) {
  const { name, recipe, options = [], seeds, folds = 0 } = row;
  return range(1, seeds).flatMap((seed) =>
    (folds > 0 ? range(1, folds) : [undefined]).map((fold) => {
      const run = join(folder, `${name}-seed-${seed}${fold ? `-fold-${fold}` : ""}`);
      const part = fold ? ["--fold", `${fold}/${folds}`] : [];
      return { row, seed, fold, run, argv: [recipe, ...options, "--seed", `${seed}`, ...part] };
    }),
  );
}

/** What is in the folder of a finished run; undefined where it is not finished. */
export function finishedRun(run) {
  const path = join(run, "result.json");
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(join(run, "metrics.jsonl"), "utf8").trim().split("\n");
  return {
    run,
    config: readJson(join(run, "config.json")),
    result: readJson(path),
    history: lines.map((line) => JSON.parse(line)),
  };
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
