// The side of a measured process: how it is asked, and how it answers.
//
// It is started with one argument, the request as JSON. When it is ready and warm it prints
// {"note"} or, where it cannot do the task, {"absent"}, the reason. Then for each line of its
// input, a number of seconds, it does the task again and again for so long, and prints {"rate"}.
import { createInterface } from "node:readline";

const WARM_UP_S = 1;
/** Between two looks at the clock. */
const STRETCH_MS = 2;

/**
 * @param prepare - from a request to `{ note, measure }`; `measure(seconds)` gives a rate, or
 *   `{ rate, … }` with more to tell
 */
export async function serve(prepare) {
  let measure;
  try {
    const request = JSON.parse(process.argv[2]);
    const prepared = await prepare(request);
    ({ measure } = prepared);
    if (!prepared.isWarm) await measure(WARM_UP_S);
    const { note, flops, loadingS } = prepared;
    print({ note, flops, loadingS });
  } catch (error) {
    print({ absent: firstLine(error) });
    process.exit();
  }
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await measure(Number(line));
    print(typeof answer === "number" ? { rate: answer } : answer);
  }
  process.exit();
}

/** Measures a function that ends when its work is done. */
export function repeated(step) {
  let perLook = 1;
  return (seconds) => {
    const start = performance.now();
    let calls = 0;
    let looked = start;
    while (looked - start < seconds * 1000) {
      for (let i = 0; i < perLook; i++) step();
      calls += perLook;
      const now = performance.now();
      if (now - looked < STRETCH_MS / 2) perLook *= 2;
      looked = now;
    }
    return calls / ((looked - start) / 1000);
  };
}

/** Measures a function that returns a promise. */
export function repeatedAsync(step) {
  return async (seconds) => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < seconds * 1000) {
      await step();
      calls += 1;
    }
    return calls / ((performance.now() - start) / 1000);
  };
}

function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function firstLine(error) {
  return String(error?.message ?? error)
    .split("\n")[0]
    .slice(0, 200);
}
