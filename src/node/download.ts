import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { DataError } from "../base/index.js";
import type { PublicFile } from "../data/index.js";

export interface DownloadProgress {
  readonly file: string;
  /** Bytes there so far, those of an earlier, interrupted try included. */
  readonly received: number;
  readonly total: number;
}

export interface DownloadOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  /** A mirror that sends nothing for this long is given up; 30 s if absent. */
  readonly stallMs?: number;
}

/**
 * Fetches a public file to `target`, which appears only when it is whole and its SHA-256 is right.
 *
 * The mirrors are tried in order. What has arrived waits in `target.part`, where the next mirror or
 * the next call goes on from.
 *
 * @throws {DataError} when no mirror delivers the file
 */
export async function download(
  file: PublicFile,
  target: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${target}.part`;
  const failures: string[] = [];
  for (const url of file.urls) {
    try {
      await fetchWhole(file, url, part, options);
      await rename(part, target);
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(`${new URL(url).host}: ${reasonOf(error)}`);
    }
  }
  throw new DataError(
    `download of ${file.name}: a mirror must deliver it, got ${failures.join("; ")}`,
  );
}

/** Leaves the whole, checked file in `part`. */
async function fetchWhole(
  file: PublicFile,
  url: string,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  const had = await sizeOf(part);
  if (had < file.bytes) await fetchRest(file, url, part, had, options);
  const digest = await digestOf(part);
  if (digest === file.sha256) return;
  await rm(part);
  // The beginning may be at fault, left by another mirror or an older file: once more from scratch.
  if (had > 0) return fetchWhole(file, url, part, options);
  throw new DataError(`SHA-256 must be ${file.sha256}, got ${digest}`);
}

/** Appends to the `had` bytes in `part` what is missing. */
async function fetchRest(
  file: PublicFile,
  url: string,
  part: string,
  had: number,
  { onProgress, signal, stallMs = 30_000 }: DownloadOptions,
): Promise<void> {
  const stall = new AbortController();
  const giveUp = (): void => stall.abort(new Error(`nothing came for ${stallMs / 1000} s`));
  let timer = setTimeout(giveUp, stallMs);
  try {
    const response = await fetch(url, {
      headers: { "accept-encoding": "identity", ...(had > 0 && { range: `bytes=${had}-` }) },
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    });
    if (!response.ok || response.body === null) {
      throw new Error(`status ${response.status} ${response.statusText}`.trim());
    }
    const resumes =
      response.status === 206 &&
      response.headers.get("content-range")?.startsWith(`bytes ${had}-`) === true;
    let received = resumes ? had : 0;
    await mkdir(dirname(part), { recursive: true });
    const output = await open(part, resumes ? "r+" : "w");
    try {
      for await (const chunk of response.body) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, stallMs);
        if (received + chunk.length > file.bytes) {
          await output.truncate(0);
          throw new Error(`must have ${file.bytes} bytes, got more`);
        }
        await output.write(chunk, 0, chunk.length, received);
        received += chunk.length;
        onProgress?.({ file: file.name, received, total: file.bytes });
      }
    } finally {
      await output.close();
    }
    if (received < file.bytes) throw new Error(`got ${received} of ${file.bytes} bytes`);
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** `fetch` hides the reason ("ECONNREFUSED …") in the cause of its "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || (cause as NodeJS.ErrnoException).code || error.message;
}
