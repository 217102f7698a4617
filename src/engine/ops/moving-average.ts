import type { Operation } from "../operation.js";
import { expectSameShape } from "../shape.js";

/**
 * Moves a kept average towards a new value, in place: `state += (1 - decay)·(value - state)`.
 *
 * For the running statistics of batch normalisation and for averaged weights (Polyak and Juditsky
 * 1992). Shapes: state and value alike, output `[0]`.
 */
export const movingAverage: Operation<{ readonly decay: number }> = {
  name: "movingAverage",
  updates: [0],
  shape([state, value]) {
    expectSameShape("movingAverage", state, value);
    return [0];
  },
  reference({ inputs: [state, value], attributes: { decay } }) {
    for (let i = 0; i < state.length; i++) state[i] += (1 - decay) * (value[i] - state[i]);
  },
};
