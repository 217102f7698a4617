import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { isAllowedHost } from "./allowed-host.js";
import type { Site } from "./site.js";

const TEXT = "text/plain; charset=utf-8";

/**
 * Sent with every answer.
 *
 * The policy lets the page load from its own origin only, compile WebAssembly, start workers that it
 * wrote itself (`blob:`, the engine's threads), and nothing else.
 * Opener and embedder policy isolate it from other origins: the condition for memory shared by threads.
 */
const HEADERS: OutgoingHttpHeaders = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/** Answers one request and ends it. */
export function answer(
  site: Site,
  host: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { status, headers, body } = decide(site, host, request);
  response.writeHead(status, { ...HEADERS, ...headers });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Gives pages of the site, to GET and HEAD, to browsers that know us by our own name. */
function decide(site: Site, host: string, { method, headers, url = "" }: IncomingMessage): Answer {
  if (!isAllowedHost(headers.host, host)) return refusal(403, "This host name is not served here.");
  if (method !== "GET" && method !== "HEAD") {
    return refusal(405, "Only GET and HEAD are answered.", { Allow: "GET, HEAD" });
  }
  const path = pathOf(url);
  if (path === undefined) return refusal(400, "This is not an address.");
  const page = site.get(path);
  if (page === undefined) return refusal(404, "There is no such page.");
  const caching = {
    ETag: page.etag,
    "Cache-Control": page.immutable ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if (headers["if-none-match"] === page.etag) return { status: 304, headers: caching };
  const content = { "Content-Type": page.type, "Content-Length": page.body.length };
  return { status: 200, headers: { ...caching, ...content }, body: page.body };
}

function refusal(status: number, reason: string, headers: OutgoingHttpHeaders = {}): Answer {
  return {
    status,
    headers: { "Content-Type": TEXT, "Cache-Control": "no-store", ...headers },
    body: `${reason}\n`,
  };
}

/** The path a request names, decoded, without its query; `undefined` when it is malformed. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, ""));
  } catch {
    return undefined;
  }
}
