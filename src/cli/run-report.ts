import { renderReport, worstMistakes } from "../evaluate/index.js";
import type { EpochRecord } from "../train/index.js";
import type { Measured } from "./measure.js";
import type { RunConfig } from "./run-config.js";
import { count } from "./terminal/format.js";

const MISTAKES_SHOWN = 60;

/** The report of a run as one HTML file; of the training images where there are no others. */
export async function runReport({
  config,
  history,
  trained,
  tested,
}: {
  config: RunConfig;
  history: readonly EpochRecord[];
  trained: Measured;
  tested: Measured | undefined;
}): Promise<string> {
  const { recipe, data, device, versions } = config;
  const shown = tested ?? trained;
  return renderReport({
    title: `${recipe.name} on ${data.name}`,
    subtitle: `${config.startedAt.slice(0, 10)}, inkling ${versions.inkling}, Node ${versions.node}`,
    evaluation: shown.evaluation,
    split: tested ? "test" : "training",
    ...(tested && { train: trained.evaluation }),
    history,
    mistakes: await worstMistakes(shown.set, shown.logits, { limit: MISTAKES_SHOWN }),
    configuration: [
      ["Recipe", recipe.summary],
      ["Data", `${data.name}: ${count(data.train)} training, ${count(data.test)} test images`],
      ...Object.entries(recipe.training).map(
        ([name, value]) =>
          [name, typeof value === "object" ? JSON.stringify(value) : `${value}`] as const,
      ),
      ["Seed", `${config.seed}`],
      ["Validation", `${config.validation}`],
      ["Device", device.backend],
    ],
  });
}
