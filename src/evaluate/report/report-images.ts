import { predictedClasses } from "../metrics/predicted-classes.js";
import { type ImageSheet, imageSheet } from "../page/image-sheet.js";
import { type Answers, allReadings, charactersAlone, type ImageReading } from "../readings.js";
import { type CorruptionSamples, withSamples } from "../robustness/robustness-table.js";

/** The images that a report shows, on one sheet. */
export interface ReportImages {
  readonly sheet: ImageSheet;
  /** Place on it of the first corrupted sample, if there are any. */
  readonly first: number;
  /** Number of misread images, shown or not. */
  readonly wrong: number;
  /** Misread images, surest first: the worst mistakes. */
  readonly surest: readonly ImageReading[];
  /** Misread images that are not among those, least sure first. */
  readonly leastSure: readonly ImageReading[];
  /** Right answers, least sure first. */
  readonly barelyRight: readonly ImageReading[];
  /** Images from the whole set at even distances, right or wrong. */
  readonly sample: readonly ImageReading[];
  /** Images behind a cell of the confusion matrix, `[actual][predicted]`. */
  readonly cells: readonly (readonly (readonly ImageReading[])[])[];
}

const IN_LIST = 30;
const IN_SAMPLE = 50;
/** Right answers behind a cell of the diagonal. */
const RIGHT_IN_CELL = 20;
/** Bounds of the sheet: 10,000 test images at 90 % accuracy stay below 3 MB. */
const MAX_IMAGES = 2500;
const MAX_BYTES = 2 ** 21;

/**
 * Chooses what to show of a set, and draws it: the worst mistakes, the least sure ones, right answers
 * that nearly were none, a sample, and for each cell of the confusion matrix mistakes, surest first,
 * or right answers, least sure first, as many as the size of a report allows.
 *
 * @param answers - of images of which all the labels are known
 * @param options.samples - corrupted images, which go on the sheet behind those of the set
 */
export async function reportImages(
  answers: Answers,
  { samples }: { readonly samples?: CorruptionSamples } = {},
): Promise<ReportImages> {
  const { set, logits } = charactersAlone(answers);
  const { count, labels, classes } = set;
  const predicted = predictedClasses(logits, classes.length);
  const readings = allReadings(set, logits);
  const surestFirst = readings.toSorted((a, b) => b.confidence - a.confidence);
  const isRight = ({ index }: ImageReading): boolean => predicted[index] === labels[index];
  const wrong = surestFirst.filter((reading) => !isRight(reading));
  const right = surestFirst.filter(isRight).reverse();
  const lists = {
    surest: wrong.slice(0, IN_LIST),
    leastSure: wrong.slice(IN_LIST).slice(-IN_LIST).reverse(),
    barelyRight: right.slice(0, IN_LIST),
    sample: evenlySpaced(count, IN_SAMPLE).map((index) => readings[index]),
  };

  const shown = new Set(Object.values(lists).flatMap((list) => list.map(({ index }) => index)));
  const room = Math.min(MAX_IMAGES, Math.floor(MAX_BYTES / (set.images.length / count)));
  const cells: ImageReading[][][] = classes.map(() => classes.map(() => []));
  const place = (reading: ImageReading, most: number): void => {
    const { index } = reading;
    const cell = cells[labels[index]][predicted[index]];
    if (cell.length >= most || (shown.size >= room && !shown.has(index))) return;
    cell.push(reading);
    shown.add(index);
  };
  for (const reading of wrong) place(reading, room);
  for (const reading of right) place(reading, RIGHT_IN_CELL);
  samples?.images.forEach((_, i) => {
    shown.add(count + i);
  });
  const sheet = await imageSheet(samples ? withSamples(set, samples) : set, shown);
  return { sheet, first: count, wrong: wrong.length, ...lists, cells };
}

/** `most` of the numbers below `count`, or all, at even distances. */
function evenlySpaced(count: number, most: number): number[] {
  const length = Math.min(count, most);
  return Array.from({ length }, (_, i) => Math.floor(((i + 0.5) * count) / length));
}
