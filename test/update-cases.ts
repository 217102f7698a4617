import type { Random } from "../src/base/index.js";
import * as engine from "../src/engine/index.js";
import type { OperationCase } from "./operation-cases.js";
import { anyShape, array, extent, integers, reals, sample } from "./sample.js";

/** Operations in place: what a batch is taken from, averages, optimizers. */
export function updateCases(): OperationCase[] {
  const weightDecayOf = (random: Random): number => random.integer(3) / 100;
  /** Learning rate and corrections as in a step of its own, and a fourth number without meaning. */
  const ratesOf = (random: Random) => array([4], (i) => random.between(i === 0 ? 0.001 : 1, 1.5));
  return [
    {
      name: "gather",
      build(random) {
        const shape = [extent(random, 33), 1 + random.integer(3)];
        const [batch, count] = [extent(random, 9), 1 + random.integer(20)];
        // Blank stretches too, which are passed over.
        const bank = array([count, ...shape], (i) => (i % 40 < 20 ? 0 : random.integer(256)));
        const inputs = [
          reals(random, [batch, ...shape]),
          { ...bank, dtype: "u8" as const },
          integers(random, [batch], count),
        ];
        return sample(engine.gather, {}, inputs);
      },
    },
    {
      name: "movingAverage",
      build(random) {
        const shape = anyShape(random);
        const inputs = [reals(random, shape), reals(random, shape)];
        return sample(engine.movingAverage, { decay: random.between(0.5, 1) }, inputs);
      },
    },
    {
      name: "sgd",
      build(random) {
        const shape = anyShape(random);
        const inputs = [reals(random, shape), reals(random, shape), ratesOf(random)];
        return sample(engine.sgd, { weightDecay: weightDecayOf(random) }, inputs);
      },
    },
    {
      name: "sgdMomentum",
      build(random) {
        const shape = anyShape(random);
        const arrays = [reals(random, shape), reals(random, shape), reals(random, shape)];
        const attributes = {
          momentum: random.between(0.5, 1),
          nesterov: random.integer(2) === 1,
          weightDecay: weightDecayOf(random),
        };
        return sample(engine.sgdMomentum, attributes, [...arrays, ratesOf(random)]);
      },
    },
    {
      name: "rmsprop",
      build(random) {
        const shape = anyShape(random);
        const arrays = [reals(random, shape), reals(random, shape, 0, 1), reals(random, shape)];
        const attributes = {
          decay: random.between(0.5, 1),
          epsilon: random.between(1e-8, 1e-2),
          weightDecay: weightDecayOf(random),
        };
        return sample(engine.rmsprop, attributes, [...arrays, ratesOf(random)]);
      },
    },
    {
      name: "adam",
      build(random) {
        const shape = anyShape(random);
        const moments = [reals(random, shape), reals(random, shape, 0, 1)];
        const inputs = [reals(random, shape), ...moments, reals(random, shape), ratesOf(random)];
        const attributes = {
          beta1: random.between(0.5, 1),
          beta2: random.between(0.5, 1),
          epsilon: random.between(1e-8, 1e-2),
          weightDecay: weightDecayOf(random),
          decoupled: random.integer(2) === 1,
        };
        return sample(engine.adam, attributes, inputs);
      },
    },
  ];
}
