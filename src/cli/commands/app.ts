import { Command } from "commander";
import { startApp } from "../../server/index.js";
import type { Io } from "../io.js";
import { integerIn, nonEmpty } from "../option-values.js";

interface AppOptions {
  readonly port?: number;
  readonly host: string;
  readonly json?: boolean;
}

export function appCommand(io: Io): Command {
  return new Command("app")
    .description("Serves the drawing app to this machine's browsers until Ctrl-C.")
    .option(
      "--port <n>",
      "first port to try; the next free one is taken",
      integerIn("--port", 0, 65_535),
    )
    .option("--host <name>", "name or address to listen on", nonEmpty("--host"), "127.0.0.1")
    .option("--json", "print the address as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  inkling app\n  inkling app --port 8000 --host 0.0.0.0   reachable from other machines",
    )
    .action((options: AppOptions) => serve(options, io));
}

async function serve({ port, host, json }: AppOptions, io: Io): Promise<void> {
  const app = await startApp({ host, ...(port !== undefined && { port }) });
  const interrupted = new Promise<void>((resolve) => {
    io.onInterrupt(() => resolve());
  });
  io.stdout.write(
    json
      ? `${JSON.stringify({ event: "listening", address: app.address, port: app.port })}\n`
      : `Inkling is at ${app.address} (Ctrl-C ends it)\n`,
  );
  await interrupted;
  await app.close();
}
