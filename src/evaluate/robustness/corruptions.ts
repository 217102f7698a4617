import type { Random } from "../../base/index.js";
import { noWarp, type Plane, warp } from "./warp.js";

/** One way in which an image may be worse than those a model was trained on, at five strengths. */
export interface Corruption {
  readonly name:
    | "shift"
    | "rotation"
    | "scale"
    | "thickness"
    | "noise"
    | "blur"
    | "contrast"
    | "occlusion";
  /** What the strengths count: `px`. */
  readonly unit: string;
  readonly what: string;
  /** From the weakest to the strongest. */
  readonly strengths: readonly [number, number, number, number, number];
  /** The image at this strength; values may leave 0 to 255. */
  apply(image: Plane, strength: number, random: Random): Float64Array;
}

/** Tangents of half of 8, 16, 24, 32 and 40 degrees: a turn from them needs no sine. */
const HALF_TANGENTS: Readonly<Record<number, number>> = {
  8: 0.06992681194351041,
  16: 0.14054083470239145,
  24: 0.2125565616700221,
  32: 0.2867453857588079,
  40: 0.36397023426620234,
};

const shift: Corruption = {
  name: "shift",
  unit: "px",
  what: "moved up, down, left or right",
  strengths: [1, 2, 3, 4, 5],
  apply(image, strength, random) {
    const [x, y] = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ][random.integer(4)];
    return warp(image, { ...noWarp, shiftX: x * strength, shiftY: y * strength });
  },
};

const rotation: Corruption = {
  name: "rotation",
  unit: "°",
  what: "turned either way about its centre",
  strengths: [8, 16, 24, 32, 40],
  apply(image, strength, random) {
    const half = HALF_TANGENTS[strength] * eitherSign(random);
    const cosine = (1 - half * half) / (1 + half * half);
    const sine = (2 * half) / (1 + half * half);
    return warp(image, { ...noWarp, xx: cosine, xy: -sine, yx: sine, yy: cosine });
  },
};

const scale: Corruption = {
  name: "scale",
  unit: "×",
  what: "larger or smaller by this factor",
  strengths: [1.1, 1.2, 1.3, 1.4, 1.5],
  apply(image, strength, random) {
    const step = eitherSign(random) > 0 ? strength : 1 / strength;
    return warp(image, { ...noWarp, xx: step, yy: step });
  },
};

const thickness: Corruption = {
  name: "thickness",
  unit: "px",
  what: "strokes thicker or thinner on either side",
  strengths: [0.3, 0.6, 0.9, 1.2, 1.5],
  apply(image, strength, random) {
    const sign = eitherSign(random);
    let { values } = image;
    for (let left = strength; left > 0; left -= 1) {
      values = thicken({ ...image, values }, { sign, share: Math.min(1, left) });
    }
    return values;
  },
};

const noise: Corruption = {
  name: "noise",
  unit: "of white",
  what: "normal noise on every pixel, by its standard deviation",
  strengths: [0.1, 0.2, 0.3, 0.4, 0.5],
  apply: ({ values }, strength, random) =>
    values.map((value) => value + 255 * strength * random.normal()),
};

const blur: Corruption = {
  name: "blur",
  unit: "px",
  what: "blurred, by the standard deviation of the blur",
  strengths: [0.7, 1, 1.4, 1.7, 2],
  apply(image, strength) {
    // One pass of 1 2 1 has variance 1/2; 1, 2, 4, 6 and 8 passes make the strengths.
    let { values } = image;
    for (let pass = Math.round(2 * strength * strength); pass > 0; pass--) {
      values = smooth({ ...image, values });
    }
    return values;
  },
};

const contrast: Corruption = {
  name: "contrast",
  unit: "of all",
  what: "faded towards the mean grey of the image, by the contrast that is left",
  strengths: [0.7, 0.5, 0.35, 0.2, 0.1],
  apply({ values }, strength) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => mean + strength * (value - mean));
  },
};

const occlusion: Corruption = {
  name: "occlusion",
  unit: "of side",
  what: "a blank square over it, by its side as a share of the image's",
  strengths: [0.15, 0.22, 0.29, 0.36, 0.43],
  apply({ height, width, values }, strength, random) {
    const side = Math.round(strength * Math.min(height, width));
    // Drawn evenly from all places, whatever the strength.
    const left = Math.floor(random.uniform() * (width - side + 1));
    const top = Math.floor(random.uniform() * (height - side + 1));
    const result = values.slice();
    for (let y = top; y < top + side; y++) {
      result.fill(0, y * width + left, y * width + left + side);
    }
    return result;
  },
};

/** All corruptions, in the order of tables. */
export const corruptions: readonly Corruption[] = [
  shift,
  rotation,
  scale,
  thickness,
  noise,
  blur,
  contrast,
  occlusion,
];

function eitherSign(random: Random): 1 | -1 {
  return random.integer(2) === 0 ? 1 : -1;
}

/** Goes `share` of the way to the brightest (below 0: darkest) of a pixel and its 4 neighbours. */
function thicken(
  { height, width, values }: Plane,
  { sign, share }: { readonly sign: 1 | -1; readonly share: number },
): Float64Array {
  const result = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const own = sign * values[i];
      let best = own;
      if (x > 0) best = Math.max(best, sign * values[i - 1]);
      if (x < width - 1) best = Math.max(best, sign * values[i + 1]);
      if (y > 0) best = Math.max(best, sign * values[i - width]);
      if (y < height - 1) best = Math.max(best, sign * values[i + width]);
      result[i] = sign * (own + share * (best - own));
    }
  }
  return result;
}

/** Means with weights 1 2 1 along rows, then along columns; outside lies background. */
function smooth({ height, width, values }: Plane): Float64Array {
  const rows = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = i % width;
    const before = x > 0 ? values[i - 1] : 0;
    const after = x < width - 1 ? values[i + 1] : 0;
    rows[i] = (before + 2 * values[i] + after) / 4;
  }
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const above = i >= width ? rows[i - width] : 0;
    const below = i < (height - 1) * width ? rows[i + width] : 0;
    result[i] = (above + 2 * rows[i] + below) / 4;
  }
  return result;
}
