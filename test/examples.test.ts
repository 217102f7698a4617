import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { trainFromScratch } from "../examples/from-scratch.js";
import { Random } from "../src/base/index.js";
import { encodePng, synthetic } from "../src/data/index.js";

describe("examples/mnist.ts", () => {
  it("is a whole program of at most 30 lines", () => {
    const text = readFileSync(new URL("../examples/mnist.ts", import.meta.url), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
  });

  it("loads, trains, evaluates, saves and reads a picture", async () => {
    const folder = mkdtempSync(join(tmpdir(), "inkling-example-"));
    const before = { folder: process.cwd(), argv: process.argv };
    const lines: unknown[] = [];
    vi.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    try {
      process.chdir(folder);
      const digit = synthetic({ count: 1, alphabet: "digits", random: new Random(7) });
      writeFileSync("digit.png", await encodePng(digit.images, digit));
      process.argv = [...before.argv.slice(0, 2), "digit.png"];
      vi.stubEnv("EXAMPLE_DATA", "synthetic");
      await import("../examples/mnist.js");
      const [measured, said] = lines as [{ accuracy: number }, string];
      expect(measured.accuracy).toBeGreaterThan(0.97);
      expect(said).toMatch(new RegExp(`^reads ${digit.classes[digit.labels[0]]}, \\d+ % sure$`));
      expect(existsSync("mnist.inkling")).toBe(true);
    } finally {
      process.chdir(before.folder);
      process.argv = before.argv;
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("examples/from-scratch.ts", () => {
  it("learns to read digits with arrays alone", () => {
    const accuracy = trainFromScratch({ images: 2000, epochs: 4, seed: 1 });
    expect(accuracy).toBeGreaterThan(0.85);
  });
});
