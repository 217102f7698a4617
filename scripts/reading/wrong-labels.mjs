/**
 * Test images of unipen that do not show what their label says, by their place among the test images of the
 * selection. Found by looking at the pen strokes of the mistakes of which models were surest, and of these alone: the
 * 34 of `digits`, the first 216 of 683 of `letters`. So this says how many of the mistakes are none; wrong
 * labels that a model agrees with by chance are not in it.
 *
 * `other`: evidently another character. `incomplete`: what tells it from another is missing, as the dot of an i, the
 * bar of a t or the tail of a Q. `bare`: I, i or l as a single stroke, which no one can tell apart.
 */
export const wrongLabels = {
  "digits:unipen": { other: [179, 600, 1738, 1863] },
  "letters:unipen": {
    other: [168, 1501, 3424, 4206, 5037, 5108, 8402],
    incomplete: [
      617, 1825, 1866, 2059, 2167, 2212, 2345, 2514, 3046, 3189, 3822, 4050, 4084, 4546, 4685, 5093,
      5143, 5593, 5718, 5791, 5931, 6228, 6267, 6404, 6468, 6817, 6991, 7176, 7473, 7629, 7671,
      8012, 8209,
    ],
    bare: [1498, 2396, 3041, 3347, 5922, 6776, 6980, 7248, 8198],
  },
};
