import type { Box, Plane } from "../data/index.js";

/** Ink that hangs together. */
export interface Piece {
  readonly box: Box;
  /** Sum of their ink. */
  readonly mass: number;
  /** The pixels, row by row. */
  readonly runs: readonly Run[];
}

/** Pixels side by side: from `left` up to, but without, `right`. */
export interface Run {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The pieces of a picture: pixels of at least `level` that touch, be it at a corner.
 *
 * One pass over the rows, joining runs of pixels with those of the row above (union–find over
 * runs, after He, Chao and Suzuki 2008).
 */
export function piecesOf({ width, height, data }: Plane, level: number): Piece[] {
  const parents: number[] = [];
  const runs: { root: number; y: number; left: number; right: number; mass: number }[] = [];
  const rootOf = (run: number): number => {
    let root = run;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]];
    return root;
  };
  let above = 0;
  for (let y = 0; y < height; y++) {
    const first = runs.length;
    let candidate = above;
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] < level) continue;
      const left = x;
      let mass = 0;
      while (x < width && data[y * width + x] >= level) mass += data[y * width + x++];
      const run = runs.length;
      parents.push(run);
      runs.push({ root: run, y, left, right: x, mass });
      while (candidate < first && runs[candidate].right < left) candidate++;
      for (let i = candidate; i < first && runs[i].left <= x; i++) {
        parents[rootOf(i)] = rootOf(run);
      }
    }
    above = first;
  }
  return gather(runs, rootOf);
}

function gather(
  runs: readonly (Run & { readonly mass: number })[],
  rootOf: (run: number) => number,
): Piece[] {
  const pieces = new Map<number, { box: Box; mass: number; runs: Run[] }>();
  runs.forEach((run, index) => {
    const { y, left, right, mass } = run;
    const box = { left, top: y, right, bottom: y + 1 };
    const root = rootOf(index);
    const piece = pieces.get(root);
    if (piece === undefined) {
      pieces.set(root, { box, mass, runs: [run] });
      return;
    }
    piece.box = join(piece.box, box);
    piece.mass += mass;
    piece.runs.push(run);
  });
  return [...pieces.values()];
}

/** The smallest box that holds both. */
export function join(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}
