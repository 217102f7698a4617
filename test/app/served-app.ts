import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { startApp } from "../../src/server/index.js";

export interface ServedApp {
  readonly address: string;
  close(): Promise<void>;
}

/** Builds the app as it is now into a folder of its own and serves it, as `npm start` would. */
export async function serveApp(): Promise<ServedApp> {
  const folder = await mkdtemp(join(tmpdir(), "inkling-web-"));
  const root = fileURLToPath(new URL("../../web", import.meta.url));
  await build({ root, logLevel: "error", build: { outDir: folder } });
  const { address, close } = await startApp({ folder, port: 0 });
  return {
    address,
    close: async () => {
      await close();
      await rm(folder, { recursive: true });
    },
  };
}
