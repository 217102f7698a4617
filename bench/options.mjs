import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { peers } from "./systems.mjs";
import { chosenTasks } from "./tasks.mjs";

/** More threads than this gain nothing at the sizes of these networks. */
const MAX_DEFAULT_THREADS = 8;

export const help = `npm run bench -- [options]
npm run bench -- general [options]   every kernel of many networks, as a share of the peak

  --only <prefix>   only tasks whose name begins so: train/mlp; may be given again
  --peers           measure the others too, run by run in turn; installs them the first time
  --peer <name>     only this one of ${Object.keys(peers).join(", ")}; may be given again
  --runs <n>        runs of each system and task (default 5)
  --seconds <s>     length of a run (default 1)
  --threads <n>     threads of every system (default: one a core, at most 8)
  --json <file>     write the results as JSON too
`;

/** What the command line asks for, checked. Throws an error of one line. */
export function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean" },
      only: { type: "string", multiple: true, default: [] },
      peers: { type: "boolean" },
      peer: { type: "string", multiple: true, default: [] },
      runs: { type: "string", default: "5" },
      seconds: { type: "string", default: "1" },
      threads: { type: "string", default: defaultThreads() },
      json: { type: "string" },
    },
  });
  const [general, ...strangers] = positionals;
  if (strangers.length > 0 || (general ?? "general") !== "general") {
    throw new Error(
      `bench: must be followed by general or by options, got ${positionals.join(" ")}`,
    );
  }
  const { help: helpAsked = false, json } = values;
  return {
    helpAsked,
    general: general !== undefined,
    tasks: chosenTasks(values.only),
    peerNames: peerNames(values),
    runs: positive(values, "runs"),
    seconds: positive(values, "seconds"),
    threads: positive(values, "threads"),
    json,
  };
}

function defaultThreads() {
  return String(Math.min(availableParallelism(), MAX_DEFAULT_THREADS));
}

function peerNames({ peers: all, peer: some }) {
  const known = Object.keys(peers);
  const stranger = some.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new Error(`--peer: must be one of ${known.join(", ")}, got ${stranger}`);
  }
  return all && some.length === 0 ? known : some;
}

function positive(values, name) {
  const value = Number(values[name]);
  if (value > 0 && (name === "seconds" || Number.isInteger(value))) return value;
  throw new Error(`--${name}: must be a positive number, got ${values[name]}`);
}
