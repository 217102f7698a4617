import { Command } from "commander";
import { describeModel } from "../../nn/index.js";
import { recipes } from "../../zoo/index.js";
import type { Io } from "../io.js";
import { count } from "../terminal/format.js";
import { styleFor } from "../terminal/style.js";
import { formatTable } from "../terminal/table.js";

export function recipesCommand(io: Io): Command {
  return new Command("recipes")
    .description("Lists the networks that `inkling train` knows by name.")
    .option("--json", "print the recipes in full, as JSON")
    .addHelpText("after", "\nExamples:\n  inkling recipes\n  inkling recipes --json > recipes.json")
    .action(({ json }: { json?: boolean }) => {
      io.stdout.write(json ? `${JSON.stringify(recipes())}\n` : table(io));
    });
}

function table(io: Io): string {
  const { bold, dim } = styleFor(io.stdout, io.env);
  const rows = recipes().map(({ name, summary, model, training }) => [
    bold(name),
    count(describeModel(model).reduce((sum, layer) => sum + layer.parameters, 0)),
    String(training.epochs),
    summary,
  ]);
  return formatTable([["recipe", "parameters", "epochs", "what it is"].map(dim), ...rows], "lrrl");
}
