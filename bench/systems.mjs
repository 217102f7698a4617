// Who is measured, and how a measured process is talked to; its side is peers/serve.mjs.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** For one answer; compiling takes some a minute. */
const PATIENCE_MS = 10 * 60_000;

const folder = import.meta.dirname;
const script = (name) => ({ folder: join(folder, "peers", name), language: "javascript" });
const python = (name) => ({ folder: join(folder, "peers", name), language: "python" });

/** The others, by name. Each has a folder of its own with what it needs. */
export const peers = {
  pytorch: python("pytorch"),
  keras: python("keras"),
  "onnxruntime-node": script("onnxruntime-node"),
  "onnxruntime-web": script("onnxruntime-web"),
  tfjs: script("tfjs"),
  "jax-js": script("jax-js"),
};

/** The tasks that only Inkling is asked for: they compare it with itself, or measure the machine. */
export const ownKinds = new Set(["peak", "augment", "busy", "read"]);

const inkling = [process.execPath, join(folder, "inkling", "main.mjs")];

function commandOf(name) {
  if (!(name in peers)) return inkling;
  const { folder: home, language } = peers[name];
  return language === "python"
    ? [join(home, ".venv", "bin", "python"), join(home, "peer.py")]
    : [process.execPath, join(home, "peer.mjs")];
}

const running = new Set();
process.on("exit", () => {
  for (const system of running) system.close();
});

/** A system getting ready for one task; it must be told to {@link MeasuredSystem.close}. */
export class MeasuredSystem {
  #process;
  #answers;
  #errors = "";

  constructor(name, request) {
    const [command, ...leading] = commandOf(name);
    this.#process = spawn(command, [...leading, JSON.stringify(request)]);
    running.add(this);
    this.#process.on("error", (error) => (this.#errors += error.message));
    this.#process.stdin.on("error", () => {});
    this.#process.stderr.on("data", (text) => (this.#errors += text));
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** `{ note }` once it is warm, or `{ absent }`, why it cannot. */
  ready() {
    return this.#answer();
  }

  /** One run: `{ rate }`, or `{ absent }`. */
  run(seconds) {
    this.#process.stdin.write(`${seconds}\n`);
    return this.#answer();
  }

  close() {
    running.delete(this);
    this.#process.kill();
  }

  /** The next line that is an answer; libraries print lines of their own. */
  async #answer() {
    const timer = setTimeout(() => this.close(), PATIENCE_MS);
    try {
      for (;;) {
        const { value, done } = await this.#answers.next();
        if (done) return { absent: this.#lastWords() };
        if (value.startsWith("{")) return JSON.parse(value);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #lastWords() {
    if (!running.has(this)) return `no answer within ${PATIENCE_MS / 60_000} minutes`;
    const lines = this.#errors.trim().split("\n");
    return lines.findLast((line) => /^\S*Error/.test(line)) ?? (lines.at(-1) || "no answer");
  }
}
