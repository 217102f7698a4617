import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const NPM_OPTIONS = { cwd: root, encoding: "utf8", stdio: "pipe" } as const;

const rooms = ["", ..."base engine nn data train evaluate read zoo node".split(" ")];
const program = rooms
  .map((room, i) => `import * as r${i} from "inkling${room && `/${room}`}";`)
  .join("\n");

/** A folder elsewhere, with the packed tarball installed as npm would lay it out. */
describe("the packed tarball", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "inkling-pack-"));
  const installed = join(elsewhere, "node_modules", "inkling");
  let files: { path: string }[] = [];

  beforeAll(() => {
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", elsewhere];
    const report = JSON.parse(execFileSync("npm", args, NPM_OPTIONS));
    const [packed] = Array.isArray(report) ? report : Object.values(report);
    files = packed.files;
    mkdirSync(installed, { recursive: true });
    execFileSync("tar", [
      "xzf",
      join(elsewhere, packed.filename),
      "-C",
      installed,
      "--strip-components=1",
    ]);
    mkdirSync(join(elsewhere, "node_modules", "@types"));
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const dependency of [...Object.keys(dependencies), "@types/node", "undici-types"]) {
      symlinkSync(
        join(root, "node_modules", dependency),
        join(elsewhere, "node_modules", dependency),
      );
    }
  });
  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

  const run = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: elsewhere, encoding: "utf8", timeout: 60_000 });

  it("holds the program, the app and the model, and no tests or sources", () => {
    const paths = files.map((file) => file.path);
    expect(paths).toContain("bin/inkling.js");
    expect(paths).toContain("dist/web/index.html");
    expect(paths).toContain("models/digits.inkling");
    expect(paths.filter((path) => /\.test\.|^src\/|^test\/|\.tsbuildinfo$/.test(path))).toEqual([]);
  });

  it("runs the command line", () => {
    const { version } = JSON.parse(run("-p", "JSON.stringify(require('inkling/package.json'))"));
    expect(run(join(installed, "bin", "inkling.js"), "--version").trim()).toBe(version);
  });

  it("is a library by its name and by its rooms", () => {
    const counts = `console.log(JSON.stringify([${rooms.map((_, i) => `Object.keys(r${i}).length`)}]))`;
    writeFileSync(join(elsewhere, "use.mjs"), `${program}\n${counts}\n`);
    for (const count of JSON.parse(run("use.mjs"))) expect(count).toBeGreaterThan(1);
  });

  it("lets a program end by itself, its last word said, while threads wait for more", () => {
    writeFileSync(
      join(elsewhere, "threads.mjs"),
      `import { Graph, lower, relu, wasmBackend } from "inkling/engine";
       import { threadHost } from "inkling/node";
       const graph = new Graph();
       graph.result("y", graph.apply(relu, [graph.input("x", [64])], {}));
       const backend = await wasmBackend({ threads: 3, shareFrom: 0, host: threadHost });
       const program = await backend.load(lower(graph));
       program.run();
       process.stdout.write(backend.description.split(", ").at(-1));`,
    );
    expect(run("threads.mjs")).toBe("3 threads");
  });

  it("has declarations that stand in a program for Node alone, checked in full", () => {
    const uses = `console.log(${rooms.map((_, i) => `r${i}`)}, r0.wasmBackend({ host: r9.threadHost }));`;
    writeFileSync(join(elsewhere, "use.mts"), `${program}\n${uses}\n`);
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const libraries = ["--lib", "ES2023", "--types", "node", "--skipLibCheck", "false"];
    const options = ["--noEmit", "--strict", "--module", "NodeNext", "--target", "ES2023"];
    expect(run(compiler, ...options, ...libraries, "use.mts")).toBe("");
  });

  it("leaves out of a bundle what is not used", async () => {
    const entry = join(elsewhere, "entry.mjs");
    const use = 'import { wilsonInterval } from "inkling";\nconsole.log(wilsonInterval(9, 10));\n';
    writeFileSync(entry, use);
    const bundled = await build({
      root: elsewhere,
      configFile: false,
      logLevel: "silent",
      build: { write: false, rolldownOptions: { input: entry } },
    });
    const { output } = bundled as { output: { code?: string }[] };
    const size = output.reduce((sum, { code = "" }) => sum + code.length, 0);
    expect(size).toBeGreaterThan(100);
    expect(size).toBeLessThan(2000);
  });
});
