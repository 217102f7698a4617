import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataError, DeviceError } from "../base/index.js";
import { type App, startApp } from "./index.js";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let app: App;

/** A request with nothing normalised: node's client sends path and headers as they are. */
function ask(path: string, method = "GET", headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: app.port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject).end();
  });
}

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), "inkling-app-"));
  folder = join(parent, "web");
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(join(parent, "secret.txt"), "not yours");
  await symlink(join(parent, "secret.txt"), join(folder, "link.txt"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Inkling</title>");
  await writeFile(join(folder, "assets", "index-C0FFEE.js"), "export {};");
  await writeFile(join(folder, "assets", "digits-C0FFEE.inkling"), "weights");
  await writeFile(join(folder, "two words.svg"), "<svg/>");
  app = await startApp({ folder, port: 0 });
});

afterAll(async () => {
  await app.close();
  await rm(join(folder, ".."), { recursive: true });
});

describe("startApp", () => {
  it("says where it listens, on this machine only", async () => {
    expect(app.address).toBe(`http://127.0.0.1:${app.port}/`);
    expect((await fetch(app.address)).status).toBe(200);
  });

  it("takes the next free port when the first is taken", async () => {
    const second = await startApp({ folder, port: app.port });
    try {
      expect(second.port).toBeGreaterThan(app.port);
      expect((await fetch(second.address)).status).toBe(200);
    } finally {
      await second.close();
    }
  });

  it("warns of nothing however many ports are taken", async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error) => warnings.push(warning);
    process.on("warning", keep);
    const apps: App[] = [];
    try {
      for (let i = 0; i < 16; i++) apps.push(await startApp({ folder, port: app.port }));
      // A warning is emitted after the code that caused it.
      await new Promise(setImmediate);
      expect(warnings).toEqual([]);
    } finally {
      process.off("warning", keep);
      for (const { close } of apps) await close();
    }
  });

  it("goes on when a connection cannot be taken", async () => {
    const servers: Server[] = [];
    const keep = (message: unknown) => servers.push((message as { server: Server }).server);
    subscribe("http.server.request.start", keep);
    await fetch(app.address);
    unsubscribe("http.server.request.start", keep);
    expect(servers).toHaveLength(1);
    servers[0].emit("error", new Error("accept EMFILE"));
    expect((await fetch(app.address)).status).toBe(200);
  });

  it("no longer answers after close", async () => {
    const brief = await startApp({ folder, port: 0 });
    await fetch(brief.address);
    await brief.close();
    await expect(fetch(brief.address)).rejects.toThrow();
  });

  it("refuses a port that is none", async () => {
    await expect(startApp({ folder, port: 70_000 })).rejects.toThrow(
      "app: the port must be a whole number from 0 to 65535, got 70000",
    );
  });

  it("says that an address is not ours to listen on", async () => {
    const started = startApp({ folder, host: "192.0.2.1", port: 4870 });
    await expect(started).rejects.toThrow(DeviceError);
    await expect(started).rejects.toThrow(
      /^app: must be able to listen on 192\.0\.2\.1, port 4870, got .*; choose another host$/,
    );
  });

  it("names the way out when the app was not built", async () => {
    const absent = join(folder, "absent");
    await expect(startApp({ folder: absent })).rejects.toThrow(DataError);
    await expect(startApp({ folder: absent })).rejects.toThrow(/run `npm run build`/);
    await expect(startApp({ folder: join(folder, "assets") })).rejects.toThrow(
      "must hold index.html, got none; run `npm run build`",
    );
  });
});

describe("an answer", () => {
  it.each([
    ["/", "text/html; charset=utf-8"],
    ["/index.html", "text/html; charset=utf-8"],
    ["/assets/index-C0FFEE.js", "text/javascript; charset=utf-8"],
    ["/assets/digits-C0FFEE.inkling", "application/octet-stream"],
    ["/two%20words.svg?query", "image/svg+xml"],
  ])("carries %s as %s", async (path, type) => {
    const { status, headers } = await ask(path);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(type);
  });

  it("isolates the page and lets it load from its own origin only, whatever the status", async () => {
    for (const path of ["/", "/absent"]) {
      const { headers } = await ask(path);
      expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
      expect(headers["cross-origin-embedder-policy"]).toBe("require-corp");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      const policy = String(headers["content-security-policy"]).split("; ");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).toContain("connect-src 'self'");
      expect(policy.join(" ")).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    }
  });

  it("to HEAD is the one to GET without the body", async () => {
    const got = await ask("/");
    const head = await ask("/", "HEAD");
    expect(head.status).toBe(200);
    expect(head.body).toBe("");
    expect(head.headers["content-length"]).toBe(String(got.body.length));
    expect(head.headers.etag).toBe(got.headers.etag);
  });

  it("may be kept for ever under a hashed name, and is asked for again under a plain one", async () => {
    const hashed = await ask("/assets/index-C0FFEE.js");
    expect(hashed.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const plain = await ask("/");
    expect(plain.headers["cache-control"]).toBe("no-cache");
    const again = await ask("/", "GET", { "If-None-Match": String(plain.headers.etag) });
    expect(again.status).toBe(304);
    expect(again.body).toBe("");
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("refuses %s", async (method) => {
    const { status, headers } = await ask("/", method);
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });

  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/link.txt",
    "/assets",
    "/absent",
  ])("never leaves the folder: %s", async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toContain("not yours");
  });

  it("refuses a malformed address", async () => {
    expect((await ask("/%E0%A4%A")).status).toBe(400);
  });

  it.each(["localhost", "127.0.0.1", "127.0.0.1:4870", "[::1]:4870", "LOCALHOST:1"])(
    "is given to a browser that knows us as %s",
    async (host) => {
      expect((await ask("/", "GET", { Host: host })).status).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "evil.example:4870",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
  ])("is refused to a page rebound to us from %s", async (host) => {
    const { status, body } = await ask("/", "GET", { Host: host });
    expect(status).toBe(403);
    expect(body).toBe("This host name is not served here.\n");
  });
});
