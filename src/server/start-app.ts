import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { fileURLToPath } from "node:url";
import { DeviceError } from "../base/index.js";
import { answer } from "./answer.js";
import { loadSite } from "./site.js";

const FIRST_PORT = 4870;
const PORTS_TRIED = 100;

export interface AppOptions {
  /** First port to try; the next free one is taken. 0 lets the system choose. Default 4870. */
  readonly port?: number;
  /** Name or address to listen on. The default, 127.0.0.1, is out of reach of other machines. */
  readonly host?: string;
  /** Folder of the built app. Default: the one built together with this file. */
  readonly folder?: string;
}

/** A running app. */
export interface App {
  /** Where a browser finds it, such as `http://127.0.0.1:4870/`. */
  readonly address: string;
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Serves the built app over HTTP to this machine's browsers.
 *
 * @throws DataError when the app was not built; DeviceError when no port can be had
 */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const { port = FIRST_PORT, host = "127.0.0.1", folder = builtAppFolder() } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`app: the port must be a whole number from 0 to 65535, got ${port}`);
  }
  const site = await loadSite(folder);
  const server = createServer((request, response) => answer(site, host, request, response));
  await listen(server, host, port);
  // From now on a failure is that of one connection: too many open files, say. The others go on.
  server.on("error", () => {});
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://${isIPv6(host) ? `[${host}]` : host}:${taken}/`,
    port: taken,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** `dist/web`, seen from `dist/server` where this file is built to. */
function builtAppFolder(): string {
  return fileURLToPath(new URL("../web/", import.meta.url));
}

/** Listens on the first port from `port` upwards that nobody else holds. */
async function listen(server: Server, host: string, port: number): Promise<void> {
  const last = Math.min(port + PORTS_TRIED - 1, 65_535);
  for (let candidate = port; ; candidate++) {
    try {
      return await listenOn(server, host, candidate);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && candidate < last) continue;
      const ports = candidate === port ? `port ${port}` : `a port from ${port} to ${candidate}`;
      const other = code === "EADDRINUSE" || code === "EACCES" ? "port" : "host";
      throw new DeviceError(
        `app: must be able to listen on ${host}, ${ports}, got ${message}; choose another ${other}`,
        { cause },
      );
    }
  }
}

async function listenOn(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}
