import type { SearchPoint } from "../../train/index.js";
import type { StudyConfig } from "./study-folder.js";

/** The arguments with which this program trains one trial: one network, whatever the recipe says. */
export function trialArguments(
  { recipe, changes, trainOptions }: Pick<StudyConfig, "recipe" | "changes" | "trainOptions">,
  values: SearchPoint,
): string[] {
  const all = [...changes, ...Object.entries(values).map(([path, value]) => ({ path, value }))];
  const sets = all.flatMap(({ path, value }) => ["--set", `${path}=${JSON.stringify(value)}`]);
  return ["train", recipe, ...trainOptions, "--seeds", "1", ...sets];
}
