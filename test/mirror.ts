import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A file server on this machine that keeps a record and can be told to misbehave. */
export interface Mirror {
  /** `http://127.0.0.1:port/` */
  readonly address: string;
  /** Path and `Range` of every request so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

export interface MirrorBehaviour {
  /** By path without the leading slash; others are answered 404. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Breaks the connection of the first request after so many bytes. */
  readonly cutFirstAfter?: number;
  /** Sends so many bytes of any request and then nothing, keeping the connection. */
  readonly stallAfter?: number;
  /** Sends the whole file whatever range is asked for. */
  readonly ignoreRange?: boolean;
}

export async function startMirror(behaviour: MirrorBehaviour): Promise<Mirror> {
  const requests: string[] = [];
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "").slice(1);
    const range = request.headers.range;
    requests.push(range === undefined ? path : `${path} ${range}`);
    const file = behaviour.files[path];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = behaviour.ignoreRange ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const body = file.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": body.length,
      ...(from > 0 && { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` }),
    });
    if (behaviour.cutFirstAfter !== undefined && requests.length === 1) {
      response.write(body.subarray(0, behaviour.cutFirstAfter), () => {
        setTimeout(() => response.destroy(), 20);
      });
    } else if (behaviour.stallAfter !== undefined) {
      response.write(body.subarray(0, behaviour.stallAfter));
    } else {
      response.end(body);
    }
  }

  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
