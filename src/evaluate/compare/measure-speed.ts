import { type SampleSet, writeSamples } from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import { compileInference, type ModelDescription, type Weights } from "../../nn/index.js";

/** How long a model takes for an image, from bytes to answer. */
export interface Speed {
  /** Milliseconds for one image alone. */
  readonly oneImageMs: number;
  /** Milliseconds an image, where {@link Speed.batchSize} are read at once. */
  readonly batchImageMs: number;
  readonly batchSize: number;
}

const BATCH_SIZE = 256;
/** Time is taken for this long, in each of the rounds, of which the fastest counts. */
const ROUND_MS = 40;
const ROUNDS = 5;

/**
 * Measures a model that is in memory, on the first images of a set. The fastest of five rounds: what
 * else a machine does only ever makes it slower.
 */
export async function measureSpeed(
  model: ModelDescription,
  weights: Weights,
  { set, backend }: { readonly set: SampleSet; readonly backend: Backend },
): Promise<Speed> {
  const batchSize = Math.min(BATCH_SIZE, set.count);
  const time = async (size: number): Promise<number> => {
    const program = await compileInference(model, weights, { backend, batchSize: size });
    try {
      const once = (): void => {
        writeSamples(set, { start: 0, end: size }, program.inputs);
        program.run();
      };
      once();
      return fastestRound(once) / size;
    } finally {
      program.close();
    }
  };
  return { oneImageMs: await time(1), batchImageMs: await time(batchSize), batchSize };
}

/** Milliseconds a call. */
function fastestRound(once: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let calls = 0;
    do {
      once();
      calls += 1;
    } while (performance.now() - start < ROUND_MS);
    best = Math.min(best, (performance.now() - start) / calls);
  }
  return best;
}
