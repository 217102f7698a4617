import { signal } from "@preact/signals";
import { bundledModels, type ModelSource } from "./reader/index.js";

/** The models to choose from. */
export const models = signal<readonly ModelSource[]>(bundledModels);
/** The model that reads. */
export const model = signal<ModelSource>(bundledModels[0]!);
/** Share of answers that may be wrong; `undefined` leaves it to the model. */
export const maxError = signal<number | undefined>(undefined);
/** Whether the stages from picture to model are shown. */
export const explaining = signal(false);

/** Reads with another model; what may be wrong is again left to it, as it may not know the share. */
export function chooseModel(chosen: ModelSource): void {
  model.value = chosen;
  maxError.value = undefined;
}
