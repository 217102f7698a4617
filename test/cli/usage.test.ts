import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";

async function run(...argv: string[]) {
  const io = testIo();
  return { code: await main(argv, io), out: io.out, err: io.err };
}

describe("inkling", () => {
  it("prints the version of the package", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await run("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it("lists its commands with examples when asked for help or for nothing", async () => {
    const help = await run("--help");
    expect(help).toMatchObject({ code: 0, err: "" });
    for (const command of [
      "read",
      "train",
      "evaluate",
      "runs",
      "reproduce",
      "recipes",
      "data",
      "app",
      "doctor",
    ]) {
      expect(help.out).toMatch(new RegExp(`^  ${command} .*[a-z]`, "m"));
    }
    expect(help.out).toContain("Examples:\n  inkling read drawing.png");
    expect(await run()).toEqual(help);
    expect(await run("help")).toEqual(help);
  });

  it.each(["read", "train", "evaluate", "runs", "reproduce", "recipes", "data", "app", "doctor"])(
    "explains %s with examples",
    async (command) => {
      const help = await run(command, "--help");
      expect(help).toMatchObject({ code: 0, err: "" });
      expect(help.out).toContain(`Usage: inkling ${command}`);
      expect(help.out).toContain("Examples:\n");
      expect(await run("help", command)).toEqual(help);
    },
  );

  it("suggests the nearest command and option", async () => {
    expect(await run("tran")).toEqual({
      code: 2,
      out: "",
      err: "inkling: unknown command 'tran'\n  did you mean train?\n",
    });
    expect(await run("train", "mlp", "--epoch", "3")).toEqual({
      code: 2,
      out: "",
      err: "inkling: unknown option '--epoch'\n  did you mean --epochs?\n",
    });
    expect(await run("data", "lst")).toEqual({
      code: 2,
      out: "",
      err: "inkling: unknown command 'lst'\n  did you mean list?\n",
    });
  });

  it.each([
    [["train"], "missing required argument 'recipe'"],
    [["read"], "missing required argument 'picture'"],
    [["train", "mlp", "cnn"], /^too many arguments/],
    [["train", "mlp", "--epochs"], "option '--epochs <n>' argument missing"],
    [["train", "mlp", "--epochs", "0"], '--epochs: must be an integer from 1 to 10000, got "0"'],
    [["train", "mlp", "--lr", "fast"], '--lr: must be a number above 0, at most 100, got "fast"'],
    [["train", "mlp", "--validation", "1"], /--validation: must be a share/],
    [["train", "mlp", "--threads", "65"], '--threads: must be an integer from 1 to 64, got "65"'],
    [["train", "mlp", "--device", "gpu"], /must be one of auto, wasm, reference, got "gpu"/],
    [["evaluate", "digits", "--framing", "big"], /--framing: must be one of auto, raw, ink/],
    [["read", "a.png", ""], 'picture: must not be empty, got ""'],
    [["read", "--model", "", "a.png"], '--model: must not be empty, got ""'],
    [["read", "-", "a.png", "-"], "read: standard input must be named once, got - twice"],
    [["train", ""], 'recipe: must not be empty, got ""'],
    [["train", "mlp", "--data", ""], '--data: must not be empty, got ""'],
    [["train", "mlp", "--data-dir", ""], '--data-dir: must not be empty, got ""'],
    [["train", "mlp", "--out", ""], '--out: must not be empty, got ""'],
    [["evaluate", ""], 'model: must not be empty, got ""'],
    [["evaluate", "digits", "--report", ""], '--report: must not be empty, got ""'],
    [["data", "list", "--data-dir", ""], '--data-dir: must not be empty, got ""'],
    [["doctor", "--data-dir", ""], '--data-dir: must not be empty, got ""'],
    [["data", "inspect", ""], 'set: must not be empty, got ""'],
    [["data", "inspect", "mnist", "--sheet", ""], '--sheet: must not be empty, got ""'],
    [
      ["train", "mlp", "--name", "--json"],
      '--name: must be the name of a folder, not beginning with . or -, got "--json"',
    ],
    [["train", "mlp", "--name", ".."], /^--name: must be the name of a folder/],
    [["train", "mlp", "--name", "a/b"], /^--name: must be the name of a folder/],
    [["app", "--host", ""], '--host: must not be empty, got ""'],
    [["app", "--port", "99999"], '--port: must be an integer from 0 to 65535, got "99999"'],
  ])("refuses %j with exit code 2 and one line", async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^inkling: [^\n]*\n( {2}[^\n]*\n)?$/);
    const line = err.slice("inkling: ".length).split("\n")[0]!;
    if (typeof message === "string") expect(line).toBe(message);
    else expect(line).toMatch(message);
  });

  it("points to the help of the command that was called wrongly", async () => {
    expect((await run("train")).err).toMatch(/\n {2}see inkling train --help\n$/);
    expect((await run("--nonsense")).err).toMatch(/\n {2}see inkling --help\n$/);
  });

  it("lets no control character of a name through to the terminal", async () => {
    expect((await run("evaluate", "./x\x1b[2J.inkling")).err).not.toContain("\x1b");
  });

  it("explains a command of commands that was named alone, on stderr", async () => {
    const { code, out, err } = await run("data");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: inkling data");
  });

  it("shows the stack of an error with --debug only", async () => {
    const quiet = await run("evaluate", "nowhere/model.inkling");
    expect(quiet.code).toBe(1);
    expect(quiet.err).not.toContain("    at ");
    const loud = await run("evaluate", "nowhere/model.inkling", "--debug");
    expect(loud.code).toBe(1);
    expect(loud.err).toContain(quiet.err);
    expect(loud.err).toContain("    at ");
  });
});
