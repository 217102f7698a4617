import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import type { FoundReading } from "../../src/read/index.js";
import { testIo } from "../cli/test-io.js";
import { useApp } from "./app-harness.js";
import { chromiumPath, orWhySkipped } from "./chromium.js";
import { digitStrokes } from "./digit-strokes.js";
import { button, drag, eventually, openFile } from "./page-helpers.js";
import { jpegFiles, pngFiles, sceneFiles, webpFiles } from "./pictures-to-read.js";

/** What the page's reader answered to a request. */
type Answer =
  | { type: "result"; characters: Omit<FoundReading, "pixels">[] }
  | { type: "unreadable"; reason: string };

/** Time for some twenty pictures, the largest of several megapixels, on a busy machine. */
const MANY_MS = 240_000;
/** Digits to which numbers agree: two versions of V8 may round a logarithm's last bit otherwise. */
const DIGITS = 12;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-same-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(chromiumPath === undefined)(`the same picture in both${orWhySkipped}`, () => {
  const app = useApp();

  it.each([
    ["scenes of every kind", sceneFiles],
    ["PNG of every kind", pngFiles],
    ["JPEG of every kind, turned in every way", jpegFiles],
    ["WebP", webpFiles],
  ])(
    "%s: the app and the command line give the same answers, places and confidences",
    { timeout: MANY_MS },
    async (_, make) => {
      const files = await make();
      const page = await openListening();
      const told = await commandLine(files);
      for (const file of files) {
        const answer = await answerOf(page, () => openFile(page, file));
        expect({ file: file.name, ...asCommandLine(answer) }).toEqual(told.get(file.name));
      }
    },
  );

  it("a drawing that was saved is read as it was while it was drawn", async () => {
    const page = await openListening();
    await button(page, "Clear").focus();
    for (const way of digitStrokes[4]) await drag(page, way);
    const live = await lastAnswer(page);
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      button(page, "Save").click(),
    ]);
    await saved.saveAs(join(folder, "drawing.png"));
    const told = await commandLine([{ name: "drawing.png" }]);
    expect({ file: "drawing.png", ...asCommandLine(live) }).toEqual(told.get("drawing.png"));
    expect(told.get("drawing.png")).toMatchObject({ label: "4" });
  });

  it("both refuse what is no picture, is damaged or too large, in the same words", async () => {
    const [{ bytes }] = await pngFiles();
    const large = Uint8Array.from(bytes);
    new DataView(large.buffer).setUint32(16, 8000);
    new DataView(large.buffer).setUint32(20, 5001);
    const page = await openListening();
    for (const [name, content, reason] of [
      ["notes.png", new TextEncoder().encode("notes"), /^notes.png: must be a PNG, JPEG or WebP/],
      ["cut.png", bytes.subarray(0, 300), /^cut.png: must be a whole picture, got damage/],
      ["header.png", bytes.subarray(0, 20), /^header.png: /],
    ] as const) {
      const answer = await answerOf(page, () => openFile(page, { name, bytes: content }));
      expect(answer).toEqual({ type: "unreadable", reason: expect.stringMatching(reason) });
      await writeFile(join(folder, name), content);
      const io = testIo({ cwd: folder });
      expect(await main(["read", name], io)).toBe(1);
      expect(io.err).toMatch(new RegExp(reason.source.replace("^", "^inkling: .*")));
    }
    const answer = await answerOf(page, () => openFile(page, { name: "large.png", bytes: large }));
    expect(answer).toEqual({
      type: "unreadable",
      reason: "large.png: must have at most 40 megapixels, got 8000 × 5001; make it smaller",
    });
    await page
      .getByRole("alert")
      .getByText(/at most 40 megapixels/)
      .waitFor();
  });

  /** The page, with an ear on its reader. */
  async function openListening(): Promise<Page> {
    return app.openReady({}, (context) => context.addInitScript(listen));
  }

  /** Reads files of the folder, those with content after it was written there. */
  async function commandLine(
    files: readonly { readonly name: string; readonly bytes?: Uint8Array }[],
  ): Promise<Map<string, unknown>> {
    for (const { name, bytes } of files) {
      if (bytes !== undefined) await writeFile(join(folder, name), bytes);
    }
    const io = testIo({ cwd: folder });
    const names = files.map(({ name }) => name);
    expect(await main(["read", ...names, "--json", "--top", "100"], io)).toBe(0);
    const records = rounded(io.records) as { file: string }[];
    return new Map(records.map((record) => [record.file, record]));
  }
});

/** Runs in the page before its own code: keeps what the workers say. */
function listen(): void {
  const heard: unknown[] = [];
  Object.assign(globalThis, {
    heard,
    Worker: class extends Worker {
      constructor(address: URL, options: WorkerOptions) {
        super(address, options);
        this.addEventListener("message", ({ data }) => heard.push(data));
      }
    },
  });
}

function answers(page: Page): Promise<Answer[]> {
  return page.evaluate(`heard.filter(({ type }) => type !== "ready").map((answer) =>
    answer.type === "unreadable" ? answer : {
      type: "result",
      characters: answer.characters.map(({ pixels, ...character }) => character),
    })`);
}

/** What is answered to what is done. */
async function answerOf(page: Page, act: () => Promise<unknown>): Promise<Answer> {
  const before = (await answers(page)).length;
  await act();
  await eventually(async () => (await answers(page)).length).toBe(before + 1);
  return (await answers(page))[before];
}

/** The newest answer, once no other follows. */
async function lastAnswer(page: Page): Promise<Answer> {
  let count = 0;
  await eventually(async () => {
    const before = count;
    count = (await answers(page)).length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return count === before;
  }).toBe(true);
  return (await answers(page))[count - 1];
}

/** An answer as `inkling read --json` tells it, but for the sums of several characters. */
function asCommandLine(answer: Answer): object {
  if (answer.type === "unreadable") return answer;
  const { characters } = rounded(answer) as typeof answer;
  const [first] = characters;
  if (first === undefined) return { status: "nothing", label: null, confidence: 0, top: [] };
  if (characters.length > 1) {
    return {
      status: expect.any(String),
      label: expect.any(String),
      confidence: expect.any(Number),
      characters,
    };
  }
  const { box: _, row: __, ...reading } = first;
  return reading;
}

/** The same data, its numbers to {@link DIGITS}. */
function rounded(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data), (_, value) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value,
  );
}
