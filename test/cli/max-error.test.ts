import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { encodeModelFile } from "../../src/nn/index.js";
import { loadModel } from "../../src/node/index.js";
import { testIo } from "./test-io.js";
import { writePictures, writeTinyData } from "./tiny-data.js";

let folder: string;

/** A model that claims: above 99.999 % no answer is wrong, and of all answers a fifth is. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-max-error-"));
  await writeTinyData(join(folder, "tiny"), { train: 400, test: 60 });
  const argv = ["train", "softmax", "--data", "tiny", "--epochs", "8", "--device", "reference"];
  await main([...argv, "--name", "model", "--json"], testIo({ cwd: folder }));
  await writePictures(join(folder, "digits"));
  const file = await loadModel(join(folder, "runs", "model"));
  const atError = [
    { error: 0.001, threshold: 0.99999 },
    { error: 0.2, threshold: 0 },
  ];
  const bytes = encodeModelFile({ ...file, reading: { ...file.reading, atError } });
  await writeFile(join(folder, "measured.inkling"), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main(argv, io) };
}

describe("--max-error", () => {
  it("makes inkling read unsure rather than wrong", async () => {
    const read = ["read", "--model", "measured.inkling", "digits", "--json", "--max-error"];
    const strict = await run(...read, "0.1%");
    const lax = await run(...read, "0.2");
    const statuses = ({ io }: typeof strict) =>
      (io.records as { status: string }[]).map(({ status }) => status);
    expect({ code: strict.code, err: strict.io.err }).toEqual({ code: 0, err: "" });
    expect(statuses(strict)).toContain("unsure");
    expect(new Set(statuses(lax))).toEqual(new Set(["read"]));
  });

  it("makes inkling evaluate tell how many are answered, and how many of these are wrong", async () => {
    const evaluate = ["evaluate", "measured.inkling", "--data", "tiny", "--device", "reference"];
    const { io, code } = await run(...evaluate, "--max-error", "20%", "--json");
    expect(code).toBe(0);
    const [{ accuracy, refusal }] = io.records as [{ accuracy: number; refusal: object }];
    expect(refusal).toEqual({
      maxError: 0.2,
      threshold: 0,
      coverage: 1,
      error: expect.closeTo(1 - accuracy, 9),
    });
    const told = await run(...evaluate, "--max-error", "20%");
    expect(told.io.out).toContain(
      "for 20.00 % error: answers from confidence 0.00 % on, 60 of 60 (100.00 %), of which",
    );
  });

  it("fails in one line where the model was never measured", async () => {
    const { io, code } = await run(
      "read",
      "digits/3.png",
      "--model",
      "runs/model",
      "--max-error",
      "1%",
    );
    expect(code).toBe(1);
    expect(io.err).toBe(
      "inkling: reader: an error rate can be wished of a model measured for it, got 1.00 % of one that was not\n  the bundled ones are\n",
    );
  });

  it("is for one model", async () => {
    const models = ["runs/model", "measured.inkling"];
    const { io, code } = await run("evaluate", ...models, "--data", "tiny", "--max-error", "1%");
    expect(code).toBe(2);
    expect(io.err).toContain("--max-error: is for one model, got 2");
  });
});
