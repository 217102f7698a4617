import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { type Backend, referenceBackend, wasmBackend } from "../engine/index.js";
import { threadHost } from "../node/index.js";
import { integerIn, oneOf } from "./option-values.js";

/** More threads than this gain nothing at the sizes of these networks. */
const MAX_DEFAULT_THREADS = 8;

export interface DeviceOptions {
  readonly device: "auto" | "wasm" | "reference";
  readonly threads?: number;
  readonly strict?: boolean;
}

/** Adds `--device`, `--threads` and `--strict`. */
export function addDeviceOptions(command: Command): Command {
  const devices = ["auto", "wasm", "reference"] as const;
  return command
    .addOption(
      new Option("--device <name>", "auto, wasm, or reference (float64, slow, for comparison)")
        .argParser(oneOf("--device", devices))
        .default("auto"),
    )
    .option(
      "--threads <n>",
      `threads; changes the speed, never the result (default: ${defaultThreads()})`,
      integerIn("--threads", 1, 64),
    )
    .option("--strict", "no fused multiply-add: the same bits on every machine, slower");
}

/** As many as asked for; otherwise one for every core, at most 8. The reference knows only one. */
export function threadsOf({ device, threads = defaultThreads() }: DeviceOptions): number {
  return device === "reference" ? 1 : threads;
}

function defaultThreads(): number {
  return Math.min(availableParallelism(), MAX_DEFAULT_THREADS);
}

/** The one place where the machine that computes is chosen; `auto` is WebAssembly. */
export async function openBackend(options: DeviceOptions): Promise<Backend> {
  if (options.device === "reference") return referenceBackend;
  const { strict = false } = options;
  return wasmBackend({ threads: threadsOf(options), strict, host: threadHost });
}
