/**
 * What is done to samples between a file and a model: plain data, kept in the model file, so that
 * use sees what training saw. `data` carries it out, `nn` keeps it, a recipe asks for it.
 */

/** A change of images, the same for all. */
export type ImageStep =
  /** Area by area where it shrinks, interpolated where it grows. */
  | { readonly type: "resize"; readonly width: number; readonly height: number }
  /** 255 - value: dark ink on a bright ground becomes bright on dark. */
  | { readonly type: "invert" }
  /** Rows and columns exchanged. */
  | { readonly type: "transpose" };

/** A change of columns, with what it learned from the training rows. */
export type TableStep =
  | { readonly type: "ignore"; readonly columns: readonly string[] }
  /** `drop` leaves out rows in which a value is missing; the others put a value in its place. */
  | {
      readonly type: "missing";
      readonly fill: "drop" | "mean" | "median" | "constant";
      readonly columns: readonly { readonly name: string; readonly value: number | string }[];
    }
  /** `ordinal`: the place of the category. `oneHot`: a column a category, 1 where it is the row's. */
  | { readonly type: "ordinal" | "oneHot"; readonly columns: readonly Categories[] }
  /** (x - low) / (high - low) */
  | {
      readonly type: "minMax";
      readonly columns: readonly {
        readonly name: string;
        readonly low: number;
        readonly high: number;
      }[];
    }
  /** (x - mean) / deviation */
  | {
      readonly type: "zScore";
      readonly columns: readonly {
        readonly name: string;
        readonly mean: number;
        readonly deviation: number;
      }[];
    };

export interface Categories {
  readonly name: string;
  /** Sorted. */
  readonly categories: readonly string[];
}

/** How a row of a table becomes a model's input: the contract between training and use. */
export interface TablePreparation {
  /** The column that holds the labels. */
  readonly label: string;
  /** The columns that must be there, found by name, and what they hold. */
  readonly columns: readonly { readonly name: string; readonly type: "number" | "text" }[];
  readonly steps: readonly TableStep[];
}

/** The height and width that steps make of a height and width. */
export function preparedSize(
  size: { readonly height: number; readonly width: number },
  steps: readonly ImageStep[],
): { height: number; width: number } {
  let { height, width } = size;
  for (const step of steps) {
    if (step.type === "resize") ({ height, width } = step);
    if (step.type === "transpose") [height, width] = [width, height];
  }
  return { height, width };
}
