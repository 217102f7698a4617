import { joinImages, subset } from "../../data/index.js";
import { fit } from "../fit.js";
import type { Network } from "./cut-head.js";
import { headTeacher } from "./head-teacher.js";
import {
  fitting,
  type OnShare,
  type Teacher,
  type TeachOptions,
  type TeachSettings,
} from "./teacher.js";

/** How often an example is seen for each time that an image of the rehearsal is, at most. */
const MOST_TIMES = 20;

/**
 * First the last layer learns, then every layer from there on (Kumar et al. 2022): while the last layer knows
 * nothing, its errors would only spoil the others. The running statistics of batch normalisation stay as they
 * are. Examples are repeated until there are as many of them as of the rehearsal.
 *
 * @param options.head - how the last layer learns
 */
export async function wholeTeacher(
  network: Network,
  { head, ...options }: TeachOptions & { readonly head: TeachSettings },
  onShare: OnShare,
): Promise<Teacher> {
  const { examples, rehearsal, augmentation } = options;
  const teachHead = await headTeacher(network, { ...options, ...head }, onShare);
  return async (indices, onShare) => {
    const wanted = Math.ceil((rehearsal?.count ?? 0) / indices.length);
    const times = Math.max(1, Math.min(MOST_TIMES, wanted));
    const chosen = subset(examples, new Array<readonly number[]>(times).fill(indices).flat());
    const set = rehearsal === undefined ? chosen : joinImages([chosen, rehearsal]);
    const weights = await teachHead(indices, () => {});
    const how = { ...fitting(weights, options, onShare), augmentation, frozenStatistics: true };
    return (await fit(network.model, set, how)).weights;
  };
}
