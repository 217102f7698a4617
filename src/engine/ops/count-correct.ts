import type { Operation } from "../operation.js";
import { expectRank, expectShape } from "../shape.js";

/**
 * Number of samples whose greatest logit is that of their label; of equals the first counts.
 *
 * Shapes: logits `[n, c]`, labels `[n]` of i32, y `[1]`.
 */
export const countCorrect: Operation<Record<string, never>> = {
  name: "countCorrect",
  shape([logits, labels]) {
    expectRank("countCorrect", logits, 2);
    expectShape("countCorrect", "labels", labels, [logits[0]]);
    return [1];
  },
  reference({ inputs: [logits, labels], inputShapes: [[n, c]], output: y }) {
    y[0] = 0;
    for (let row = 0; row < n; row++) {
      let best = 0;
      for (let j = 1; j < c; j++) {
        if (logits[row * c + j] > logits[row * c + best]) best = j;
      }
      if (best === labels[row]) y[0] += 1;
    }
  },
};
