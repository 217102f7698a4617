import { isImageSet } from "../data/index.js";
import type { Report } from "../evaluate/index.js";
import type { ModelFile } from "../nn/index.js";
import type { EpochRecord } from "../train/index.js";
import type { Measured } from "./measure.js";
import type { RunConfig } from "./run-config.js";
import { count } from "./terminal/format.js";

/** What the report of a run shows; of the training images where there are no others. */
export function runReport({
  config,
  network,
  history,
  trained,
  tested,
}: {
  config: RunConfig;
  network: Pick<ModelFile, "model" | "weights">;
  history: readonly EpochRecord[];
  trained: Measured;
  tested: Measured | undefined;
}): Report {
  const { recipe, data, device, versions } = config;
  const shown = tested ?? trained;
  return {
    title: `${recipe.name} on ${data.name}`,
    subtitle: `${config.startedAt.slice(0, 10)}, inkling ${versions.inkling}, Node ${versions.node}`,
    evaluation: shown.evaluation,
    split: tested ? "test" : "training",
    ...(tested && { train: trained.evaluation }),
    history,
    ...(isImageSet(shown.set) && { answers: { set: shown.set, logits: shown.logits } }),
    network,
    configuration: [
      ["Recipe", recipe.summary],
      ["Data", `${data.name}: ${count(data.train)} training, ${count(data.test)} test images`],
      ...(recipe.prepare ? [["Preparation", recipe.prepare.join(", ")] as const] : []),
      ...Object.entries(recipe.training).map(
        ([name, value]) =>
          [name, typeof value === "object" ? JSON.stringify(value) : `${value}`] as const,
      ),
      ["Seed", `${config.seed}`],
      ["Validation", `${config.validation}`],
      ["Device", device.backend],
    ],
  };
}
