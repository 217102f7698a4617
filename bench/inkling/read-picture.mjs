// The whole process of reading one picture from the command line.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../../dist/base/index.js";
import { encodePng, imageAt, synthetic } from "../../dist/data/index.js";

const program = join(import.meta.dirname, "..", "..", "bin", "inkling.js");

export async function measureReadPicture() {
  const folder = mkdtempSync(join(tmpdir(), "inkling-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const set = synthetic({ count: 1, random: new Random(1) });
  const file = join(folder, "digit.png");
  writeFileSync(file, await encodePng(imageAt(set, 0), set));
  const measure = (seconds) => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < seconds * 1000) {
      const { status, stderr } = spawnSync(process.execPath, [program, "read", file]);
      if (status !== 0) throw new Error(`read: ${stderr}`);
      calls += 1;
    }
    return calls / ((performance.now() - start) / 1000);
  };
  return { measure, note: "inkling read digit.png, from start to end of the process" };
}
