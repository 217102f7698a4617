import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { DataError } from "../base/index.js";

/** A file as it is sent. */
export interface Page {
  readonly body: Buffer;
  readonly type: string;
  /** Names the content, so that a browser need not fetch again what it has. */
  readonly etag: string;
  /** Whether the address names the content too: Vite puts a hash into the names in `assets/`. */
  readonly immutable: boolean;
}

/** Everything that can be asked for, by its path: `/`, `/assets/index-C0FFEE.js`. */
export type Site = ReadonlyMap<string, Page>;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".inkling": "application/octet-stream",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Reads the built app, about a megabyte, into memory once.
 *
 * A request can then only name a page that is in the table: no path leads out of the folder,
 * and building anew does not pull the files from under an open tab. Links are not followed.
 *
 * @throws DataError when the folder holds no `index.html`
 */
export async function loadSite(folder: string): Promise<Site> {
  const site = new Map<string, Page>();
  for (const file of await filesIn(folder)) {
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    const body = await readFile(file);
    site.set(path, {
      body,
      type: TYPES[extname(file)] ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(body).digest("base64url")}"`,
      immutable: path.startsWith("/assets/"),
    });
  }
  const start = site.get("/index.html");
  if (start === undefined) {
    throw new DataError(`app: ${folder} must hold index.html, got none; run \`npm run build\``);
  }
  return site.set("/", start);
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    throw new DataError(
      `app: ${folder} must be a folder that can be read, got ${(cause as Error).message}; run \`npm run build\``,
      { cause },
    );
  }
}
