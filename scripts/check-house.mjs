// Folder rules that the compiler and the linter cannot state: a room is entered through its
// index.ts, which only re-exports; imports go only where docs/architecture.md allows; no file
// outgrows its reader.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MAX_LINES = 500;

/** Which rooms a room may import. Rooms absent from the list may import every room but web. */
const allowed = {
  base: [],
  engine: ["base"],
  nn: ["base", "engine"],
  data: ["base"],
  train: ["base", "engine", "nn", "data"],
  evaluate: ["base", "engine", "nn", "data"],
  read: ["base", "engine", "nn", "data"],
  zoo: ["base", "engine", "nn", "data"],
  node: ["base", "data", "nn", "read"],
  web: ["base", "engine", "nn", "data", "train", "evaluate", "read", "zoo"],
};
const nodeRooms = new Set(["node", "cli", "server"]);

const problems = [];
for (const folder of ["src", "web", "test", "bench", "examples", "scripts"]) {
  for (const file of sourceFiles(join(root, folder))) inspect(file);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (/\.(ts|tsx|mjs)$/.test(entry.name)) yield path;
  }
}

function roomOf(path) {
  const [top, room, ...rest] = relative(root, path).split(sep);
  if (top === "web") return "web";
  if (top === "src" && rest.length > 0) return room;
  return undefined;
}

function onlyReexports(text) {
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*/g;
  const reexports = /export (?:type )?(?:\*(?: as \w+)?|\{[^}]*\}) from "[^"]+";/g;
  return text.replace(comments, "").replace(reexports, "").trim() === "";
}

function inspect(path) {
  const where = relative(root, path);
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n").length;
  if (lines > MAX_LINES) problems.push(`${where}: at most ${MAX_LINES} lines, got ${lines}`);
  if (/\/index\.ts$/.test(path) && !onlyReexports(text)) {
    problems.push(`${where}: an index only re-exports; give the rest a file of its own`);
  }
  const room = roomOf(path);
  const isTest = /\.test\.tsx?$/.test(path);
  if (room === undefined) return;
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    if (
      specifier.startsWith("node:") &&
      !nodeRooms.has(room) &&
      !isTest &&
      !where.endsWith("vite.config.ts")
    ) {
      problems.push(`${where}: ${room} runs in browsers too, must not import ${specifier}`);
    }
    if (!specifier.startsWith(".")) continue;
    const target = resolve(dirname(path), specifier.replace(/\?.*$/, ""));
    const targetRoom = roomOf(target);
    if (targetRoom === undefined || targetRoom === room) continue;
    if (!isTest && allowed[room] && !allowed[room].includes(targetRoom)) {
      problems.push(`${where}: ${room} must not import ${targetRoom}; see docs/architecture.md`);
    }
    if (targetRoom === "web" && room !== "web") {
      problems.push(`${where}: nothing imports web`);
    }
    if (!/\/index\.js$/.test(specifier) && targetRoom !== "web") {
      problems.push(`${where}: enter ${targetRoom} through its index.js, got ${specifier}`);
    }
  }
}
