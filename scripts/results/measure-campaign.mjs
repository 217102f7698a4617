import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wasmBackend } from "../../dist/engine/index.js";
import { threadHost, writeFileAtomic } from "../../dist/node/index.js";
import { writePart } from "./write-part.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What every campaign of measurements may be told. */
export const optionsHelp = (figures) => `\
  --write              measure nothing, write what there is
  --figures <file>     where figures are kept between calls (default: runs/${figures}.json)
  --data-dir <folder>  look for named sets here, then in $INKLING_DATA
  --models <folder>    default: models
  --threads <n>        default: one a core, at most 8
  --into <file>        default: docs/results.md
`;

/**
 * The program of a script that measures the bundled models: measures what it is asked to, keeps the figures, and
 * writes its part of `docs/results.md` from all there are. Fails in one line.
 *
 * @param campaign.script - its name in errors
 * @param campaign.writes - the part of the document
 * @param campaign.figures - name of the file of figures
 * @param campaign.parts - what is measured, in the order of the document: functions of the surroundings
 * @param campaign.document - the text from the figures
 * @param campaign.options - further options, each a text; handed to the parts
 */
export async function measureCampaign({ script, help, options = {}, ...campaign }) {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean" },
      write: { type: "boolean" },
      only: { type: "string", multiple: true },
      figures: { type: "string", default: join(root, `runs/${campaign.figures}.json`) },
      "data-dir": { type: "string" },
      models: { type: "string", default: join(root, "models") },
      threads: { type: "string", default: String(Math.min(availableParallelism(), 8)) },
      into: { type: "string", default: join(root, "docs/results.md") },
      ...options,
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  try {
    await measure(values, campaign);
    process.exit();
  } catch (error) {
    console.error(`${script}: ${error.message}`);
    process.exit(1);
  }
}

async function measure(values, { writes, parts, document }) {
  const asked = values.write ? [] : (values.only ?? Object.keys(parts));
  const stranger = asked.find((name) => !Object.hasOwn(parts, name));
  if (stranger) {
    throw new Error(`--only: must be one of ${Object.keys(parts).join(", ")}, got ${stranger}`);
  }
  const surroundings = {
    ...values,
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
  await writePart(values.into, writes, document(figures));
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
