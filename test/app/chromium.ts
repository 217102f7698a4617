import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** Where Chromium is: `CHROME_BIN`, else the first of its names on the path. */
export const chromiumPath: string | undefined =
  process.env.CHROME_BIN ??
  (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

/** What a title says when there is no Chromium to test in. */
export const orWhySkipped =
  chromiumPath === undefined ? " (skipped: no Chromium on the path or in CHROME_BIN)" : "";

/** Starts Chromium without a screen, a graphics card or a word to the network. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
