import type { Random } from "../../base/index.js";

/** A path, `[x0, y0, x1, y1, …]`, y downwards, within 100×100. */
type Path = readonly number[];

/** Marks and drawings that are no letters and no digits, in straight pieces. */
const drawings: readonly (readonly Path[])[] = [
  [[0, 50, 100, 48]],
  [
    [0, 30, 100, 28],
    [0, 70, 100, 72],
  ],
  [
    [50, 0, 48, 60],
    [48, 90, 48, 95, 52, 95, 52, 90],
  ],
  [
    [10, 25, 30, 5, 70, 5, 85, 25, 60, 45, 50, 60, 50, 70],
    [49, 95, 51, 95],
  ],
  [
    [30, 0, 28, 25],
    [60, 0, 58, 25],
  ],
  [
    [45, 10, 55, 12],
    [45, 85, 55, 86],
  ],
  [
    [30, 0, 20, 100],
    [80, 0, 70, 100],
    [0, 32, 100, 30],
    [0, 68, 100, 66],
  ],
  [
    [80, 0, 15, 100],
    [15, 5, 5, 20, 15, 35, 30, 20, 15, 5],
    [80, 65, 70, 80, 80, 95, 92, 80, 80, 65],
  ],
  [
    [
      70, 60, 50, 75, 35, 55, 50, 35, 70, 40, 68, 70, 90, 60, 95, 30, 60, 5, 20, 15, 5, 55, 30, 92,
      75, 90,
    ],
  ],
  [[0, 60, 20, 40, 45, 45, 65, 58, 85, 55, 100, 40]],
  [[0, 60, 50, 20, 100, 60]],
  [
    [50, 10, 50, 90],
    [15, 30, 85, 70],
    [85, 30, 15, 70],
  ],
  [[50, 0, 100, 90, 0, 90, 50, 0]],
  [[5, 5, 95, 5, 95, 95, 5, 95, 5, 5]],
  [[50, 0, 65, 95, 0, 35, 100, 35, 35, 95, 50, 0]],
  [
    [0, 50, 100, 50],
    [70, 25, 100, 50, 70, 75],
  ],
  [
    [50, 100, 50, 0],
    [25, 30, 50, 0, 75, 30],
  ],
  [[0, 55, 35, 95, 100, 0]],
  [[50, 95, 5, 40, 15, 10, 40, 10, 50, 30, 60, 10, 85, 10, 95, 40, 50, 95]],
  [[50, 50, 60, 45, 62, 60, 45, 65, 35, 45, 55, 28, 80, 45, 75, 80, 40, 88, 12, 60, 20, 20, 60, 5]],
  [
    [10, 100, 10, 45, 50, 0, 90, 45, 90, 100, 10, 100],
    [40, 100, 40, 65, 60, 65, 60, 100],
  ],
  [[0, 50, 15, 20, 30, 50, 45, 80, 60, 50, 75, 20, 100, 50]],
  [[50, 0, 95, 50, 50, 100, 5, 50, 50, 0]],
  [
    [0, 0, 100, 0, 100, 100, 0, 100, 0, 0],
    [0, 0, 100, 100],
    [100, 0, 0, 100],
  ],
];

/** One of the drawings, each point a little off. */
export function drawing(random: Random): number[][] {
  return drawings[random.integer(drawings.length)].map((path) =>
    path.map((value) => value + random.between(-7, 7)),
  );
}

/** Corners of a ring, and of a frame. */
const rings: readonly Path[] = [
  [10, 0, 7, 7, 0, 10, -7, 7, -10, 0, -7, -7, 0, -10, 7, -7, 10, 0],
  [10, 10, -10, 10, -10, -10, 10, -10, 10, 10],
];

/** A filled disc or square, or one that was pressed flat: punched holes, stains, staples, keys. */
export function blot(random: Random): number[][] {
  const ring = rings[random.integer(rings.length)];
  const flat = random.between(0.1, 1);
  const scaleOf = random.integer(2) === 0 ? [1, flat] : [flat, 1];
  return [0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1].map((size) =>
    ring.map((value, i) => size * value * scaleOf[i % 2]),
  );
}

/** A line that wanders: points ever further along a direction that turns at random. */
export function scribble(random: Random): number[][] {
  const points = 12 + random.integer(60);
  const restless = random.between(0.3, 1.6);
  let [x, y] = [0, 0];
  let dx = random.between(-1, 1);
  let dy = random.between(-1, 1);
  const path = [x, y];
  for (let i = 0; i < points; i++) {
    dx += random.between(-restless, restless) - 0.02 * x;
    dy += random.between(-restless, restless) - 0.02 * y;
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    dx /= length;
    dy /= length;
    x += 4 * dx;
    y += 4 * dy;
    path.push(x, y);
  }
  return [path];
}

/** Ink rubbed over a place to and fro. */
export function hatching(random: Random): number[][] {
  const turns = 4 + random.integer(12);
  const slope = random.between(-20, 20);
  const path: number[] = [];
  for (let i = 0; i < turns; i++) {
    const side = i % 2 === 0 ? 0 : 60;
    path.push(side + random.between(-12, 12), (80 / turns) * i + (i % 2) * slope);
  }
  return random.integer(2) === 0 ? [path] : [path.map((_, i) => path[i ^ 1])];
}
