import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mirror, type MirrorBehaviour, startMirror } from "../../test/mirror.js";
import { DataError } from "../base/index.js";
import { type DownloadProgress, download } from "./download.js";

const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 253);
const wrong = content.map((value) => value ^ 1);
const sha256 = createHash("sha256").update(content).digest("hex");

let folder: string;
let target: string;
let mirrors: Mirror[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
  target = join(folder, "sets", "file.gz");
  mirrors = [];
});
afterEach(async () => {
  await Promise.all(mirrors.map((mirror) => mirror.close()));
  await rm(folder, { recursive: true });
});

/** Starts a mirror for each behaviour; the file as all of them offer it. */
async function offer(...behaviours: Partial<MirrorBehaviour>[]) {
  for (const behaviour of behaviours) {
    mirrors.push(await startMirror({ files: { "file.gz": content }, ...behaviour }));
  }
  const urls = mirrors.map(({ address }) => `${address}file.gz`);
  return { name: "file.gz", urls, bytes: content.length, sha256 };
}

async function expectDelivered(): Promise<void> {
  expect(Buffer.compare(await readFile(target), content)).toBe(0);
  expect(await readdir(join(folder, "sets"))).toEqual(["file.gz"]);
}

describe("download", () => {
  it("places a file, reporting progress up to the whole", async () => {
    const progress: DownloadProgress[] = [];
    await download(await offer({}), target, { onProgress: (step) => progress.push(step) });
    await expectDelivered();
    expect(progress.at(-1)).toEqual({ file: "file.gz", received: 100_000, total: 100_000 });
    expect(progress.map(({ received }) => received)).toEqual(
      progress.map(({ received }) => received).sort((a, b) => a - b),
    );
    expect(mirrors[0].requests).toEqual(["file.gz"]);
  });

  it("goes on at the second mirror where the first was cut off", async () => {
    await download(await offer({ cutFirstAfter: 40_000 }, {}), target);
    await expectDelivered();
    expect(mirrors[0].requests).toEqual(["file.gz"]);
    expect(mirrors[1].requests).toEqual(["file.gz bytes=40000-"]);
  });

  it("goes on in the next call where all mirrors were cut off", async () => {
    const file = await offer({ cutFirstAfter: 40_000 });
    await expect(download(file, target)).rejects.toThrow(DataError);
    expect(await readdir(join(folder, "sets"))).toEqual(["file.gz.part"]);
    await download(file, target);
    await expectDelivered();
    expect(mirrors[0].requests).toEqual(["file.gz", "file.gz bytes=40000-"]);
  });

  it("starts over at a mirror that cannot resume", async () => {
    await download(await offer({ cutFirstAfter: 40_000 }, { ignoreRange: true }), target);
    await expectDelivered();
  });

  it("starts over when the beginning it had was wrong", async () => {
    const file = await offer({});
    await download(file, target);
    await rm(target);
    await writeFile(`${target}.part`, wrong.subarray(0, 500));
    await download(file, target);
    await expectDelivered();
    expect(mirrors[0].requests.slice(1)).toEqual(["file.gz bytes=500-", "file.gz"]);
  });

  it("asks for nothing when all of it had arrived already", async () => {
    const file = await offer({});
    await download(file, target);
    await rm(target);
    await writeFile(`${target}.part`, content);
    await download(file, target);
    await expectDelivered();
    expect(mirrors[0].requests).toHaveLength(1);
  });

  it("takes the second mirror when the first lacks the file or has another", async () => {
    await download(await offer({ files: {} }, { files: { "file.gz": wrong } }, {}), target);
    await expectDelivered();
    expect(mirrors.map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
  });

  it("never places a file with another checksum, and says what is wrong with each mirror", async () => {
    const file = await offer({ files: { "file.gz": wrong } }, { files: {} });
    const digest = createHash("sha256").update(wrong).digest("hex");
    const hosts = mirrors.map(({ address }) => new URL(address).host);
    await expect(download(file, target)).rejects.toThrow(
      new DataError(
        `download of file.gz: a mirror must deliver it, got ${hosts[0]}: SHA-256 must be ${sha256}, got ${digest}; ${hosts[1]}: status 404 Not Found`,
      ),
    );
    expect(await readdir(join(folder, "sets"))).toEqual([]);
  });

  it("stops a mirror that sends too much", async () => {
    const file = await offer({ files: { "file.gz": new Uint8Array(100_001) } });
    await expect(download(file, target)).rejects.toThrow("must have 100000 bytes, got more");
  });

  it("gives up a mirror that falls silent", async () => {
    await download(await offer({ stallAfter: 1_000 }, {}), target, { stallMs: 200 });
    await expectDelivered();
    expect(mirrors[1].requests).toEqual(["file.gz bytes=1000-"]);
  });

  it("says so when nobody answers", async () => {
    const file = await offer({});
    await mirrors[0].close();
    await expect(download(file, target)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("ends at once when told to, and keeps what it has", async () => {
    const file = await offer({ stallAfter: 1_000 }, {});
    const abort = new AbortController();
    const onProgress = (): void => abort.abort();
    await expect(
      download(file, target, { signal: abort.signal, onProgress }),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(mirrors[1].requests).toEqual([]);
    expect((await readFile(`${target}.part`)).length).toBe(1_000);
  });
});
