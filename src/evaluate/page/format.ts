import { percent as percentText } from "../../base/index.js";

export { count } from "../../base/index.js";

/** `99.42\u202f%`, never broken at its space; with `digits` decimals, 2 if not said. */
export function percent(share: number, digits = 2): string {
  return percentText(share, digits).replace(" ", "\u202f");
}

/** A loss: enough digits to tell small ones apart, `0.0153`, `2.303`. */
export function lossText(loss: number): string {
  if (loss !== 0 && Math.abs(loss) < 0.001) return loss.toExponential(2);
  return Math.abs(loss) < 1 ? loss.toFixed(4) : loss.toFixed(3);
}

/** `rows` → `Rows` */
export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
