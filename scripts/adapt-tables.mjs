// Measures how models learn another hand or other characters, and writes the part on it of docs/results.md:
// npm run bench:adapt -- --help
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wasmBackend } from "../dist/engine/index.js";
import { threadHost, writeFileAtomic } from "../dist/node/index.js";
import { adaptingDocument } from "./adapting/document.mjs";
import { measureTransfer } from "./adapting/transfer.mjs";
import { measureWriters } from "./adapting/writers.mjs";
import { writePart } from "./results/write-part.mjs";

const help = `npm run bench:adapt -- [options]

Adapts the bundled models to other characters and to single writers of unipen, and writes what they read then into
docs/results.md.

  --only <part>        transfer or writers; may be given again (default: both)
  --write              measure nothing, write what there is
  --figures <file>     where figures are kept between calls (default: runs/adapting.json)
  --data-dir <folder>  look for named sets here, then in $INKLING_DATA
  --models <folder>    default: models
  --threads <n>        default: one a core, at most 8
  --into <file>        default: docs/results.md
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    write: { type: "boolean" },
    only: { type: "string", multiple: true },
    figures: { type: "string", default: join(root, "runs/adapting.json") },
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
const parts = { transfer: measureTransfer, writers: measureWriters };

try {
  await main();
} catch (error) {
  console.error(`adapt-tables: ${error.message}`);
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
    say: (text) => console.log(text),
  };
  const figures = kept(values.figures);
  for (const name of asked) {
    figures[name] = await parts[name](surroundings);
    await writeFileAtomic(values.figures, `${JSON.stringify(figures, null, 1)}\n`);
  }
  await writePart(values.into, "hands", adaptingDocument(figures));
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
