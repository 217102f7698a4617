import { DataError, NOT_A_CHARACTER } from "../../base/index.js";
import { countsPerClass, type ImageSet, subset } from "../../data/index.js";
import { model, type WeightArray, type Weights } from "../../nn/index.js";
import { cutHead, type Network } from "./cut-head.js";

/**
 * The classes of a model and those of examples that it does not know, in their order. The class of what
 * is no character stays the last.
 */
export function joinedClasses(known: readonly string[], more: readonly string[]): string[] {
  const answers = known.filter((name) => name !== NOT_A_CHARACTER);
  const added = more.filter((name) => !known.includes(name));
  return [...answers, ...added, ...known.filter((name) => name === NOT_A_CHARACTER)];
}

/**
 * A network with an output for each of `classes`. Those it has keep their weights; a new one starts with
 * the mean of all, so that it is never the likeliest.
 *
 * @param known - the network's own classes, in the order of its outputs
 */
export function withClasses(
  network: Network,
  known: readonly string[],
  classes: readonly string[],
): Network {
  const { place } = cutHead(network);
  const places = classes.map((name) => known.indexOf(name));
  const weights = new Map<string, WeightArray>(network.weights);
  for (const name of ["weight", "bias"]) {
    const array = weights.get(`layers.${place}.${name}`);
    if (array !== undefined) weights.set(`layers.${place}.${name}`, withColumns(array, places));
  }
  const layers = network.model.layers.map((layer, i) =>
    i === place && layer.type === "dense" ? { ...layer, units: classes.length } : layer,
  );
  return { model: model({ ...network.model, layers }), weights: weights as Weights };
}

/** Columns of a matrix or vector, taken from `places`; the mean of all columns where that is below 0. */
function withColumns({ shape, data }: WeightArray, places: readonly number[]): WeightArray {
  const columns = shape.at(-1)!;
  const rows = data.length / columns;
  const moved = new Float32Array(rows * places.length);
  for (let row = 0; row < rows; row++) {
    const old = data.subarray(row * columns, (row + 1) * columns);
    const mean = old.reduce((sum, value) => sum + value, 0) / columns;
    places.forEach((place, i) => {
      moved[row * places.length + i] = place < 0 ? mean : old[place]!;
    });
  }
  return { shape: [...shape.slice(0, -1), places.length], data: moved };
}

/** The images of a set with labels that count `classes`, which are matched by name. */
export function labelledBy(set: ImageSet, classes: readonly string[]): ImageSet {
  const places = set.classes.map((name) => classes.indexOf(name));
  const labels = set.labels.map((label) => {
    const place = places[label]!;
    if (place < 0) {
      throw new DataError(
        `adapt: labels must be among ${classes.join(" ")}, got "${set.classes[label]}"`,
      );
    }
    return place;
  });
  return { ...set, labels, classes };
}

/** The images of a set whose classes are among `classes`, with labels that count these. */
export function ofClasses(set: ImageSet, classes: readonly string[]): ImageSet {
  const known = Array.from(set.labels.keys()).filter((i) =>
    classes.includes(set.classes[set.labels[i]!]!),
  );
  return labelledBy(subset(set, known), classes);
}

/** The same images; classes that none belongs to are no classes. */
export function withoutEmptyClasses(set: ImageSet): ImageSet {
  const counts = countsPerClass(set);
  return labelledBy(
    set,
    set.classes.filter((_, i) => counts[i]! > 0),
  );
}
