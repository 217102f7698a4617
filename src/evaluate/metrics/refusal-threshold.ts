import { softmax } from "../../base/index.js";
import { coverageAtError, type RejectPoint, rejectCurve } from "./reject-curve.js";

/**
 * The lowest confidence from which on at most `error` of the answers are wrong; so most images are
 * answered (Chow 1970, error against rejection).
 *
 * @param logits - divided by the temperature, `[n, classes]`, of images the model did not learn from
 * @param labels - class indices, `[n]`
 * @param error - share of answers that may be wrong
 */
export function refusalThreshold(
  logits: Float32Array,
  labels: Int32Array,
  { classes, error }: { classes: number; error: number },
): RejectPoint {
  return coverageAtError(rejectCurve(softmax(logits, classes), labels), error);
}
