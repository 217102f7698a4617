import { Command, CommanderError } from "commander";
import { exitCodes } from "./command-error.js";
import { interruptible } from "./interruptible.js";
import type { Io } from "./io.js";
import { reportFailure } from "./report-failure.js";
import { version } from "./version.js";

/** Makes one command, its options and its action. */
type CommandMaker = (io: Io) => Command;

/**
 * The commands, in the order of `--help`. Each is loaded only when named, so that reading one
 * picture does not wait for what training needs.
 */
const commands: Readonly<Record<string, { summary: string; load(): Promise<CommandMaker> }>> = {
  read: {
    summary: "read pictures of handwritten characters",
    load: async () => (await import("./commands/read.js")).readCommand,
  },
  train: {
    summary: "train a network, and keep the run in a folder",
    load: async () => (await import("./commands/train.js")).trainCommand,
  },
  tune: {
    summary: "search for the settings with which a recipe learns best",
    load: async () => (await import("./commands/tune.js")).tuneCommand,
  },
  adapt: {
    summary: "teach a model another hand, or more characters, from few pictures",
    load: async () => (await import("./commands/adapt.js")).adaptCommand,
  },
  evaluate: {
    summary: "measure a model on labelled pictures",
    load: async () => (await import("./commands/evaluate.js")).evaluateCommand,
  },
  compare: {
    summary: "hold models against each other on the same pictures, and tell why one reads more",
    load: async () => (await import("./commands/compare.js")).compareCommand,
  },
  runs: {
    summary: "list, show, compare and remove runs that were kept",
    load: async () => (await import("./commands/runs.js")).runsCommand,
  },
  reproduce: {
    summary: "train a run again, and look whether the same weights come out",
    load: async () => (await import("./commands/reproduce.js")).reproduceCommand,
  },
  recipes: {
    summary: "list the networks that train knows by name",
    load: async () => (await import("./commands/recipes.js")).recipesCommand,
  },
  data: {
    summary: "list, fetch and inspect data sets",
    load: async () => (await import("./commands/data.js")).dataCommand,
  },
  app: {
    summary: "open the drawing app in a browser",
    load: async () => (await import("./commands/app.js")).appCommand,
  },
  doctor: {
    summary: "tell what this machine can do and where data is looked for",
    load: async () => (await import("./commands/doctor.js")).doctorCommand,
  },
};

const examples = `
Examples:
  inkling read drawing.png                       what is written here?
  inkling read scans/ --json                     a folder, one JSON line a picture
  inkling train mlp --data mnist --epochs 5      train on MNIST
  inkling evaluate digits --data mnist           measure the bundled model
  inkling app                                    draw, and watch it read

Exit codes: 0 done, 1 failed, 2 called wrongly, 3 quality gate missed, 130 interrupted,
143 told to end.`;

/**
 * Runs `inkling` with the arguments after the program's name; resolves to the exit code and
 * never rejects.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    await interruptible(async () => {
      const program = await makeProgram(argv, io);
      await program.parseAsync(argv.length > 0 ? argv : ["--help"], { from: "user" });
    }, io);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // A command of commands, named alone: its help went to stderr, which says it all.
    if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage;
    const help = ["inkling", ...namedCommand(argv), "--help"].join(" ");
    return reportFailure(error, io, { debug: argv.includes("--debug"), help });
  }
}

async function makeProgram(argv: readonly string[], io: Io): Promise<Command> {
  const program = new Command("inkling")
    .description("Reads handwriting, and trains the networks that do it.")
    .version(version(), "-V, --version", "print the version")
    .option("--debug", "print the stack of an error")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Errors are told by reportFailure, in one form for all.
      outputError: () => {},
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns,
      getOutHasColors: () => false,
    });
  const [named] = namedCommand(argv);
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = name === named ? (await load())(io) : new Command(name);
    program.addCommand(inherit(command.summary(summary), program));
  }
  return program;
}

/** The command that is called or asked about, if there is one of that name. */
function namedCommand(argv: readonly string[]): string[] {
  const words = argv.filter((argument) => !argument.startsWith("-") && argument !== "help");
  return words.slice(0, 1).filter((word) => Object.hasOwn(commands, word));
}

/** Commander hands its settings down only to commands it makes itself. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}
