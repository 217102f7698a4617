import type { Random } from "../../base/index.js";
import {
  mapSpace,
  placeOf,
  type SearchDimension,
  type SearchPoint,
  type SearchSpace,
  type SearchValue,
  valueAt,
} from "./search-space.js";
import { ranked, type Trial } from "./trial.js";

/** Points drawn where good trials stand, of which the most promising is proposed. */
const CANDIDATES = 24;
/** Share of the trials that count as good, and how many at most. */
const GOOD_SHARE = 0.1;
const MAX_GOOD = 25;

/**
 * Proposes a point by the tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl 2011,
 * section 4): the density l of settings among the good trials and g among the others are estimated,
 * points are drawn from l, and that with the greatest l/g is the one of the greatest expected
 * improvement. Every setting has densities of its own.
 *
 * @param trials - at least one
 */
export function proposeByTpe(
  space: SearchSpace,
  trials: readonly Trial[],
  random: Random,
): SearchPoint {
  const order = ranked(trials);
  const good = order.slice(0, Math.min(MAX_GOOD, Math.ceil(GOOD_SHARE * order.length)));
  const others = order.slice(good.length);
  return mapSpace(space, (dimension, name) => {
    const densities = [good, others].map((group) =>
      densityOf(
        dimension,
        group.map(({ values }) => values[name]!),
      ),
    ) as [Density, Density];
    return mostPromising(densities, random);
  });
}

interface Density {
  draw(random: Random): SearchValue;
  logDensity(value: SearchValue): number;
}

function mostPromising([good, others]: [Density, Density], random: Random): SearchValue {
  let best: SearchValue = null;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < CANDIDATES; i++) {
    const value = good.draw(random);
    const promise = good.logDensity(value) - others.logDensity(value);
    if (promise > greatest) {
      greatest = promise;
      best = value;
    }
  }
  return best;
}

function densityOf(dimension: SearchDimension, values: readonly SearchValue[]): Density {
  if (dimension.type === "choice") return choiceDensity(dimension.values, values);
  const places = values.map((value) => placeOf(dimension, value as number));
  const mixture = new ParzenMixture(places);
  return {
    draw: (random) => valueAt(dimension, mixture.draw(random)),
    logDensity: (value) => Math.log(mixture.density(placeOf(dimension, value as number))),
  };
}

/** How often each choice was made, and once more shared among all, so that none is ruled out. */
function choiceDensity(choices: readonly SearchValue[], made: readonly SearchValue[]): Density {
  const keys = choices.map((choice) => JSON.stringify(choice));
  const shares = new Float64Array(choices.length).fill(1 / choices.length / (made.length + 1));
  for (const choice of made) shares[keys.indexOf(JSON.stringify(choice))]! += 1 / (made.length + 1);
  return {
    draw(random) {
      let left = random.uniform();
      for (let i = 0; i < choices.length; i++) {
        left -= shares[i]!;
        if (left < 0) return choices[i]!;
      }
      return choices.at(-1)!;
    },
    logDensity: (value) => Math.log(shares[keys.indexOf(JSON.stringify(value))]!),
  };
}

/**
 * A bell around every place and around the middle, each as wide as the way to the farther of its
 * neighbours, and one as wide as the whole for what nobody has tried; all cut off at 0 and 1.
 */
class ParzenMixture {
  readonly #bells: readonly Bell[];

  /** @param places - from 0 to 1 */
  constructor(places: readonly number[]) {
    const narrowest = 1 / Math.min(100, places.length + 2);
    const sorted = [...places, 0.5].sort((a, b) => a - b);
    const bells = sorted.map((place, i) => {
      const before = place - (sorted[i - 1] ?? 0);
      const after = (sorted[i + 1] ?? 1) - place;
      return bell(place, Math.min(1, Math.max(narrowest, before, after)));
    });
    this.#bells = [...bells, bell(0.5, 1)];
  }

  draw(random: Random): number {
    const { place, width } = this.#bells[random.integer(this.#bells.length)]!;
    for (;;) {
      const drawn = place + width * random.normal();
      if (drawn >= 0 && drawn <= 1) return drawn;
    }
  }

  density(at: number): number {
    let sum = 0;
    for (const { place, width, mass } of this.#bells) {
      const z = (at - place) / width;
      sum += Math.exp(-0.5 * z * z) / (width * mass);
    }
    return sum / (Math.sqrt(2 * Math.PI) * this.#bells.length);
  }
}

interface Bell {
  readonly place: number;
  readonly width: number;
  /** How much of it lies from 0 to 1. */
  readonly mass: number;
}

function bell(place: number, width: number): Bell {
  const mass = normalUpTo((1 - place) / width) - normalUpTo(-place / width);
  return { place, width, mass };
}

/** The standard normal distribution, good to 1e-7 (Abramowitz and Stegun 1964, 26.2.17). */
function normalUpTo(z: number): number {
  if (z < 0) return 1 - normalUpTo(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * series;
}
