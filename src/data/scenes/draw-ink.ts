import type { Random } from "../../base/index.js";
import type { Plane } from "../plane.js";
import { type PageStroke, toPixels, type View } from "./page.js";
import { drawPenPiece } from "./pen-stroke.js";
import type { PenStyle } from "./scene-style.js";
import { valueNoise } from "./value-noise.js";

/** Page units from one change of pressure to the next. */
const PRESSURE_STEP = 0.35;
/** Size of the paper's grain where the page is large enough to show it, in page units. */
const GRAIN = 0.012;
/** Size of the parts that fade together, in page units. */
const PATCH = 0.4;

/** What share of every pixel is hidden by ink, 0 to 1. */
export function drawInk(
  strokes: readonly PageStroke[],
  pen: PenStyle,
  view: View,
  options: { readonly softnessPx: number; readonly random: Random },
): Plane {
  const { softnessPx, random } = options;
  const { width, height, scale } = view;
  const field = { width, height, data: new Float32Array(width * height) };
  const pressure = new Pressure(pen.pressure, random);
  for (const stroke of strokes) {
    let [fromX, fromY] = stroke;
    let startRadius = Math.max(0.35, scale * pen.radius * pressure.after(0));
    for (let i = 0; i < Math.max(1, stroke.length - 2); i += 2) {
      const toX = stroke[i + 2] ?? fromX;
      const toY = stroke[i + 3] ?? fromY;
      const length = Math.sqrt((toX - fromX) * (toX - fromX) + (toY - fromY) * (toY - fromY));
      const endRadius = Math.max(0.35, scale * pen.radius * pressure.after(length));
      const [ax, ay] = toPixels(view, fromX, fromY);
      const [bx, by] = toPixels(view, toX, toY);
      drawPenPiece(field, { ax, ay, bx, by, startRadius, endRadius }, softnessPx);
      [fromX, fromY, startRadius] = [toX, toY, endRadius];
    }
  }
  wear(field, pen, { scale, random });
  return field;
}

/** Makes covered pixels paler: by the pen's opacity, in grains, and in patches. */
function wear(field: Plane, pen: PenStyle, options: { scale: number; random: Random }): void {
  const { width, height, data } = field;
  const { scale, random } = options;
  const grain = valueNoise(width, height, Math.max(1.2, GRAIN * scale), random).data;
  const patches = valueNoise(width, height, Math.max(4, PATCH * scale), random).data;
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    const worn = pen.grain * Math.max(0, grain[at] + 0.2) + (pen.fading * (1 + patches[at])) / 2;
    data[at] *= pen.opacity * Math.max(0.1, 1 - worn);
  }
}

/** How hard the pen is pressed: changes smoothly along the way. */
class Pressure {
  readonly #amount: number;
  readonly #random: Random;
  #from = 0;
  #to: number;
  /** Share of the way from one to the other. */
  #along = 0;

  constructor(amount: number, random: Random) {
    this.#amount = amount;
    this.#random = random;
    this.#to = random.between(-1, 1);
  }

  /** The factor of the radius after `length` more page units. */
  after(length: number): number {
    this.#along += length / PRESSURE_STEP;
    while (this.#along >= 1) {
      this.#along -= 1;
      this.#from = this.#to;
      this.#to = this.#random.between(-1, 1);
    }
    return 1 + this.#amount * (this.#from + this.#along * (this.#to - this.#from));
  }
}
