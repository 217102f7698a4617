// Measures the bundled models on everything there is to read, and writes the part on reading of docs/results.md:
// npm run bench:reading -- --help
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wasmBackend } from "../dist/engine/index.js";
import { threadHost, writeFileAtomic } from "../dist/node/index.js";
import { measureAccuracy } from "./reading/accuracy.mjs";
import { readingDocument } from "./reading/document.mjs";
import { measureRefusals } from "./reading/refusals.mjs";
import { measureScenes } from "./reading/scenes.mjs";
import { measureSources } from "./reading/sources.mjs";
import { measureViews } from "./reading/views.mjs";
import { measureWear } from "./reading/wear.mjs";
import { writePart } from "./results/write-part.mjs";

const help = `npm run bench:reading -- [options]

Measures the bundled models on the test sets in the data folder and writes what they read into docs/results.md.

  --scenes <n>         pictures to draw and read (default: 2000)
  --only <part>        accuracy, refusals, wear, views, scenes or sources; may be given again (default: all)
  --write              measure nothing, write what there is
  --figures <file>     where figures are kept between calls (default: runs/reading.json)
  --data-dir <folder>  look for named sets here, then in $INKLING_DATA
  --models <folder>    default: models
  --threads <n>        default: one a core, at most 8
  --into <file>        default: docs/results.md

sources trains a small network on one source and measures it on another, both ways: some minutes.
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    scenes: { type: "string", default: "2000" },
    write: { type: "boolean" },
    only: { type: "string", multiple: true },
    figures: { type: "string", default: join(root, "runs/reading.json") },
    "data-dir": { type: "string" },
    models: { type: "string", default: join(root, "models") },
    threads: { type: "string", default: String(Math.min(availableParallelism(), 8)) },
    into: { type: "string", default: join(root, "docs/results.md") },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}

/** What is measured, in the order of the document. */
const parts = {
  accuracy: measureAccuracy,
  refusals: measureRefusals,
  wear: measureWear,
  views: measureViews,
  scenes: measureScenes,
  sources: measureSources,
};

try {
  await main();
} catch (error) {
  console.error(`bench-reading: ${error.message}`);
  process.exit(1);
}

async function main() {
  const asked = values.write ? [] : (values.only ?? Object.keys(parts));
  const stranger = asked.find((name) => !Object.hasOwn(parts, name));
  if (stranger) {
    throw new Error(`--only: must be one of ${Object.keys(parts).join(", ")}, got ${stranger}`);
  }
  const surroundings = {
    backend: await wasmBackend({ threads: Number(values.threads), host: threadHost }),
    dataDir: values["data-dir"],
    models: resolve(values.models),
    scenes: Number(values.scenes),
    say: (text) => console.log(text),
  };
  const figures = kept(values.figures);
  for (const name of asked) {
    figures[name] = await parts[name](surroundings);
    await writeFileAtomic(values.figures, `${JSON.stringify(figures, null, 1)}\n`);
  }
  await writePart(values.into, "reading", readingDocument(figures));
  process.exit();
}

/** The figures of calls before, none at first. */
function kept(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
