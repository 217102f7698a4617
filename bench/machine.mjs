import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What was measured on, when, and how busy it was with other things. */
export function describeMachine({ threads, dataSet }) {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return {
    date: new Date().toISOString(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    threads,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    inkling: version,
    commit: commit(),
    images: dataSet,
    loadAtStart: Number(loadavg()[0].toFixed(2)),
  };
}

function commit() {
  try {
    const options = { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], options).toString().trim();
  } catch {
    return "unknown";
  }
}
