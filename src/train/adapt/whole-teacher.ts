import { joinImages, subset } from "../../data/index.js";
import { fit } from "../fit.js";
import type { Network } from "./cut-head.js";
import { fitting, type Teacher, type TeachOptions } from "./teacher.js";

/** How often an example is seen for each time that an image of the rehearsal is, at most. */
const MOST_TIMES = 20;

/**
 * Every layer learns; only the running statistics of batch normalisation stay as they are. Examples are
 * repeated until there are as many of them as of the rehearsal.
 */
export function wholeTeacher(network: Network, options: TeachOptions): Teacher {
  const { examples, rehearsal, augmentation } = options;
  return async (indices, onShare) => {
    const wanted = Math.ceil((rehearsal?.count ?? 0) / indices.length);
    const times = Math.max(1, Math.min(MOST_TIMES, wanted));
    const chosen = subset(examples, new Array<readonly number[]>(times).fill(indices).flat());
    const set = rehearsal === undefined ? chosen : joinImages([chosen, rehearsal]);
    const how = {
      ...fitting(network.weights, options, onShare),
      augmentation,
      frozenStatistics: true,
    };
    return (await fit(network.model, set, how)).weights;
  };
}
