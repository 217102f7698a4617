// Measures Inkling, and with --peers the others beside it: `npm run bench -- --help`.
import { rmSync, writeFileSync } from "node:fs";
import { install } from "./install.mjs";
import { measureKernels } from "./kernels.mjs";
import { describeMachine } from "./machine.mjs";
import { help, readOptions } from "./options.mjs";
import { measureInTurn } from "./rounds.mjs";
import { writeSamples } from "./samples.mjs";
import { ownKinds, peers } from "./systems.mjs";
import { taskText } from "./table.mjs";

process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const options = optionsOrExit();
if (options.helpAsked) console.log(help);
else if (options.general) await measureEveryKernel(options);
else await measureTasks(options);
// Threads of the engine may still wait for work.
process.exit();

function optionsOrExit() {
  try {
    return readOptions();
  } catch ({ message }) {
    console.error(message);
    process.exit(2);
  }
}

async function measureEveryKernel({ threads, runs, seconds, json }) {
  const machine = describeMachine({ threads, dataSet: "none" });
  writeJson(json, { machine, results: await measureKernels({ threads, runs, seconds }) });
}

async function measureTasks({ tasks, peerNames, runs, seconds, threads, json }) {
  const { dataSet, folder, samples } = await writeSamples();
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const machine = describeMachine({ threads, dataSet });
  const parts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  console.log(`${parts.join(", ")}\n`);
  const asked = peerNames.map((system) => ({ system, absent: install(peers[system]) }));
  const peaks = new Map();
  const results = [];
  for (const task of tasks) {
    const request = { threads, dataSet, samples, ...task };
    const systems = systemsFor(request, asked);
    const rows = await measureInTurn(task, systems, { runs, seconds, peaks });
    results.push(...rows.flatMap(({ result }) => result ?? []));
    console.log(taskText(task, rows));
  }
  writeJson(json, { machine, results });
}

/** What is to be asked for a task, ourselves first; the peak alone on one thread and on all. */
function systemsFor(request, asked) {
  if (request.kind === "peak") {
    return [...new Set([1, request.threads])].map((threads) => ({
      system: threads === 1 ? "1 thread" : `${threads} threads`,
      request: { ...request, threads },
    }));
  }
  const others = ownKinds.has(request.kind) ? [] : asked;
  return [{ system: "inkling" }, ...others].map((it) => ({ ...it, request }));
}

function writeJson(file, contents) {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(contents, null, 2)}\n`);
}
