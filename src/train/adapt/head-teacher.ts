import { Random } from "../../base/index.js";
import { subset } from "../../data/index.js";
import { fit } from "../fit.js";
import { cutHead, type Network, withHead } from "./cut-head.js";
import { fitting, type OnShare, type Teacher, type TeachOptions } from "./teacher.js";
import { TrunkFeatures } from "./trunk-features.js";

/** Deformed copies of an example at most, and of all examples together. */
const MOST_COPIES = 20;
const COPIES = 6000;

/**
 * Only the last dense layer learns. What the layers before it make of every image, and of deformed copies of
 * the examples, is worked out once, so that a training takes seconds.
 */
export async function headTeacher(
  network: Network,
  options: TeachOptions,
  onShare: OnShare,
): Promise<Teacher> {
  const { examples, rehearsal, augmentation, seed } = options;
  const { trunk, head, place } = cutHead(network);
  const copies = Math.max(1, Math.min(MOST_COPIES, Math.floor(COPIES / examples.count)));
  const random = new Random(seed).fork("copies");
  const images = (copies + 1) * examples.count + (rehearsal?.count ?? 0);
  const features = await TrunkFeatures.create(trunk, {
    ...options,
    onRows: (count) => onShare(count / images),
  });
  try {
    await features.add(examples);
    for (let i = 0; i < copies; i++) await features.addDeformed(examples, { augmentation, random });
    if (rehearsal !== undefined) await features.add(rehearsal);
  } finally {
    features.close();
  }
  const rows = features.rows(examples.classes);
  return async (indices, onShare) => {
    const chosen: number[] = [];
    for (let copy = 0; copy <= copies; copy++) {
      for (const i of indices) chosen.push(copy * examples.count + i);
    }
    for (let i = (copies + 1) * examples.count; i < rows.count; i++) chosen.push(i);
    const how = fitting(head.weights, options, onShare);
    const { weights } = await fit(head.model, subset(rows, chosen), how);
    return withHead(network.weights, weights, place);
  };
}
