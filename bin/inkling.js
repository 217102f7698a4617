#!/usr/bin/env node
import { existsSync } from "node:fs";

const entry = new URL("../dist/cli/index.js", import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write("inkling: not built yet\n  run `npm run build` in its folder\n");
  process.exit(1);
}
const { main, processIo } = await import(entry.href);
const code = await main(process.argv.slice(2), processIo());
// Ended by a signal: what is still under way must not go on.
if (code > 128) process.exit(code);
process.exitCode = code;
