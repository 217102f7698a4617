import type { OptimizerDescription, ScheduleDescription } from "../nn/index.js";
import type { Recipe } from "../zoo/index.js";

/** The optimizers by the names of the command line, each with the rate to start from. */
export const optimizers = {
  sgd: { optimizer: { type: "sgd" }, learningRate: 0.1 },
  momentum: { optimizer: { type: "sgd", momentum: 0.9 }, learningRate: 0.02 },
  nesterov: { optimizer: { type: "sgd", momentum: 0.9, nesterov: true }, learningRate: 0.02 },
  rmsprop: { optimizer: { type: "rmsprop" }, learningRate: 0.001 },
  adam: { optimizer: { type: "adam" }, learningRate: 0.001 },
  adamw: { optimizer: { type: "adamw" }, learningRate: 0.001 },
} as const satisfies Readonly<
  Record<string, { optimizer: OptimizerDescription; learningRate: number }>
>;

export const schedules = {
  constant: { type: "constant" },
  step: { type: "step", every: 1 / 3, factor: 0.1 },
  cosine: { type: "cosine" },
  "one-cycle": { type: "oneCycle" },
} as const satisfies Readonly<Record<string, ScheduleDescription>>;

export interface TrainingChoices {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly lr?: number;
  readonly optimizer?: keyof typeof optimizers;
  readonly schedule?: keyof typeof schedules;
  /** Share of the run. */
  readonly warmup?: number;
  readonly patience?: number;
  readonly keepBest?: boolean;
  readonly clipNorm?: number;
}

/**
 * The recipe's training with what the command line says put in its place. Another optimizer
 * brings a rate of its own: the recipe's was chosen for the recipe's.
 */
export function trainingSettings(
  training: Recipe["training"],
  choices: TrainingChoices,
): Recipe["training"] {
  const { epochs, batchSize, lr, optimizer, warmup, patience, keepBest, clipNorm } = choices;
  const schedule = choices.schedule === undefined ? training.schedule : schedules[choices.schedule];
  return {
    ...training,
    ...(epochs !== undefined && { epochs }),
    ...(batchSize !== undefined && { batchSize }),
    ...(optimizer !== undefined && optimizers[optimizer]),
    ...(lr !== undefined && { learningRate: lr }),
    ...(patience !== undefined && { patience }),
    ...(keepBest !== undefined && { keepBest }),
    ...(clipNorm !== undefined && { clipNorm }),
    schedule: warmup === undefined ? schedule : { ...schedule, warmup },
  };
}
