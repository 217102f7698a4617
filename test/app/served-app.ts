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

const APP = fileURLToPath(new URL("../../web", import.meta.url));

/**
 * Builds the app as it is now into a folder of its own and serves it, as `npm start` would.
 *
 * @param root - folder of another page to build and serve in its stead
 */
export async function serveApp(root = APP): Promise<ServedApp> {
  const folder = await mkdtemp(join(tmpdir(), "inkling-web-"));
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
