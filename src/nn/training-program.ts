import { ShapeError } from "../base/index.js";
import { formatShape, type Program, type SlotView } from "../engine/index.js";
import type { BuiltParameter } from "./build-layers.js";
import { meanDecays, type OptimizerDescription } from "./optimizers.js";
import type { Weights } from "./weights.js";

/** Prefix of the states that hold the average of weights. */
export const AVERAGE = "average.";

/** All that carries over from one step to the next; enough to go on with the same bits. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number;
  /** Weights, moments and averages, in the backend's own precision. */
  readonly arrays: ReadonlyMap<string, SlotView>;
}

/** A set of samples in the program's memory. */
export interface SampleBank {
  /** Write `[bankCount, ...input]` here, once; a byte b is the input b / 255. */
  readonly bytes: Uint8Array;
  /**
   * Write which samples a step takes here, `[batchSize]`, each from 0 to below `bankCount`; any other
   * makes the loss NaN.
   */
  readonly indices: Int32Array;
}

/** A model in training. */
export interface TrainingProgram {
  readonly batchSize: number;
  /** Write `[batchSize, ...input]` here. */
  readonly inputs: SlotView;
  /** Where there is one, steps take their inputs from it and overwrite {@link inputs}. */
  readonly bank: SampleBank | undefined;
  /** Write class indices, `[batchSize]`, or for dense targets `[batchSize, ...output]` here. */
  readonly targets: SlotView;
  /**
   * One whole step on what {@link inputs} and {@link targets} hold. Allocates nothing.
   *
   * @param beside - done on this thread while the others begin; must not touch the program
   */
  step(learningRate: number, beside?: () => void): void;
  /** Mean loss of the step just run, by the weights before it. */
  readonly loss: number;
  /** Samples whose greatest output was the right one in the step just run; of dense targets, the greatest. */
  readonly correct: number;
  /** A copy of the weights as they are. */
  weights(): Weights;
  /** A copy of the average of the weights where one is kept, else of the weights. Statistics are as they are. */
  averagedWeights(): Weights;
  /** A copy of all that carries over to the next step. */
  state(): TrainingState;
  /** Goes on from a state of a program made from the same model and options. */
  restore(state: TrainingState): void;
  close(): void;
}

/** What the program must know beyond its plan. */
interface StepOptions {
  readonly batchSize: number;
  readonly parameters: readonly BuiltParameter[];
  readonly optimizer: OptimizerDescription;
  readonly seed: number;
}

export class StepProgram implements TrainingProgram {
  readonly batchSize: number;
  readonly inputs: SlotView;
  readonly targets: SlotView;
  readonly bank: SampleBank | undefined;
  readonly #program: Program;
  readonly #parameters: readonly BuiltParameter[];
  readonly #seed: number;
  readonly #seedView: SlotView;
  readonly #rates: SlotView;
  readonly #loss: SlotView;
  readonly #correct: SlotView | undefined;
  readonly #outputs: SlotView | undefined;
  /** Decays of the optimizer's two means, and their powers by the number of steps taken. */
  readonly #decays: readonly [number, number];
  readonly #powers: [number, number] = [1, 1];
  #step = 0;

  constructor(program: Program, { batchSize, parameters, optimizer, seed }: StepOptions) {
    const { inputs, results } = program.plan;
    this.batchSize = batchSize;
    this.#program = program;
    this.#parameters = parameters;
    this.#seed = seed;
    this.#decays = meanDecays(optimizer);
    this.inputs = program.view(inputs.get("inputs")!);
    this.targets = program.view(inputs.get("targets")!);
    const [bytes, indices] = [inputs.get("bank"), inputs.get("indices")];
    this.bank = bytes &&
      indices && {
        bytes: program.bytes(bytes),
        indices: program.view(indices) as Int32Array,
      };
    this.#seedView = program.view(inputs.get("seed")!);
    this.#rates = program.view(inputs.get("rates")!);
    this.#loss = program.view(results.get("loss")!);
    const [correct, outputs] = [results.get("correct"), results.get("outputs")];
    this.#correct = correct && program.view(correct);
    this.#outputs = outputs && program.view(outputs);
  }

  step(learningRate: number, beside?: () => void): void {
    this.#seedView[0] = dropoutSeed(this.#seed, this.#step);
    this.#advance();
    this.#rates[0] = learningRate;
    this.#rates[1] = 1 / (1 - this.#powers[0]);
    this.#rates[2] = 1 / (1 - this.#powers[1]);
    if (beside === undefined) this.#program.run();
    else this.#program.runBeside(beside);
  }

  get loss(): number {
    return this.#loss[0];
  }

  get correct(): number {
    if (this.#correct !== undefined) return this.#correct[0];
    return countMatches(this.#outputs!, this.targets, this.batchSize);
  }

  weights(): Weights {
    return this.#copy((name) => name);
  }

  averagedWeights(): Weights {
    const { states } = this.#program.plan;
    return this.#copy((name) => (states.has(AVERAGE + name) ? AVERAGE + name : name));
  }

  state(): TrainingState {
    const { states } = this.#program.plan;
    const arrays = new Map<string, SlotView>();
    for (const [name, slot] of states) arrays.set(name, this.#program.view(slot).slice());
    return { step: this.#step, arrays };
  }

  restore({ step, arrays }: TrainingState): void {
    const { states } = this.#program.plan;
    for (const [name, { shape, size }] of states) {
      const length = arrays.get(name)?.length ?? 0;
      if (length === size) continue;
      throw new ShapeError(`state: ${name} must be ${formatShape(shape)}, got ${length} numbers`);
    }
    for (const [name, slot] of states) this.#program.view(slot).set(arrays.get(name)!);
    this.#program.prepare();
    this.#powers.fill(1);
    for (this.#step = 0; this.#step < step; ) this.#advance();
  }

  close(): void {
    this.#program.close();
  }

  /** Counts a step; the powers are products, for `Math.pow` may differ between machines. */
  #advance(): void {
    this.#step += 1;
    this.#powers[0] *= this.#decays[0];
    this.#powers[1] *= this.#decays[1];
  }

  #copy(stateOf: (name: string) => string): Weights {
    return new Map(
      this.#parameters.map(({ name, parameter: { shape } }) => {
        const slot = this.#program.plan.states.get(stateOf(name))!;
        return [name, { shape, data: Float32Array.from(this.#program.view(slot)) }];
      }),
    );
  }
}

/** Seed of one step's dropout: well mixed, so that no two steps drop alike (splitmix32). */
export function dropoutSeed(seed: number, step: number): number {
  let t = (seed + Math.imul(step + 1, 0x9e3779b9)) | 0;
  t = Math.imul(t ^ (t >>> 16), 0x21f0aaad);
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
  return t ^ (t >>> 15);
}

/** Rows whose first greatest value stands at the same place in both matrices. */
function countMatches(outputs: SlotView, targets: SlotView, rows: number): number {
  const columns = outputs.length / rows;
  let matches = 0;
  for (let start = 0; start < outputs.length; start += columns) {
    let guess = start;
    let right = start;
    for (let i = start; i < start + columns; i++) {
      if (outputs[i] > outputs[guess]) guess = i;
      if (targets[i] > targets[right]) right = i;
    }
    if (guess === right) matches += 1;
  }
  return matches;
}
