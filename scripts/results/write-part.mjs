import { readFileSync } from "node:fs";
import { writeFileAtomic } from "../../dist/node/index.js";

/** The parts of `docs/results.md` in their order, each with the command that writes it. */
const parts = {
  systems: "npm run results",
  reading: "npm run bench:reading",
  hands: "npm run bench:adapt",
};

/**
 * Writes one part of `docs/results.md` anew and leaves the others as they are.
 *
 * @param text - Markdown; of the first part the title of the document too
 */
export async function writePart(file, name, text) {
  const before = partsIn(file);
  const now = { ...before, [name]: text.trim() };
  const written = Object.entries(parts).filter(([part]) => now[part] !== undefined);
  const pieces = written.map(
    ([part, command]) => `${opening(part, command)}\n${now[part]}\n${closing(part)}\n`,
  );
  await writeFileAtomic(file, pieces.join("\n"));
}

/** The text of every part that the file has; none where there is no file. */
function partsIn(file) {
  let document;
  try {
    document = readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
  const found = {};
  for (const [part, command] of Object.entries(parts)) {
    const start = document.indexOf(opening(part, command));
    const end = document.indexOf(closing(part), start);
    if (start >= 0 && end >= 0) {
      found[part] = document.slice(start + opening(part, command).length, end).trim();
    }
  }
  return found;
}

const opening = (part, command) => `<!-- ${part}: written by ${command} -->`;
const closing = (part) => `<!-- end of ${part} -->`;
