import type { Backend, Program } from "../backend.js";
import type { Epilogue, Plan, Slot, Step } from "../plan.js";
import { refuseClosed } from "../refuse-closed.js";

/**
 * The plain backend: interprets a plan step by step, in float64, one number after the other.
 *
 * The lesson, and the oracle that every faster backend is tested against. What each step computes
 * is written beside the operation, in `engine/ops/`.
 */
export const referenceBackend: Backend = {
  name: "reference",
  description: "reference, float64, 1 thread",
  load: async (plan) => new ReferenceProgram(plan),
};

class ReferenceProgram implements Program {
  readonly plan: Plan;
  #memory: Float64Array | undefined;
  #calls: (() => void)[];

  constructor(plan: Plan) {
    this.plan = plan;
    this.#memory = new Float64Array(plan.words);
    this.#calls = plan.steps.map((step) => this.#prepare(step));
  }

  view({ offset, size }: Slot): Float64Array {
    return (this.#memory ?? refuseClosed()).subarray(offset, offset + size);
  }

  bytes({ offset, size }: Slot): Uint8Array {
    return new Uint8Array((this.#memory ?? refuseClosed()).buffer, 8 * offset, size);
  }

  /** An input of an operation, which looks at its elements only. */
  #elements(slot: Slot): Float64Array {
    return slot.dtype === "u8" ? (this.bytes(slot) as unknown as Float64Array) : this.view(slot);
  }

  prepare(): void {}

  run(): void {
    for (const call of this.#calls) call();
  }

  runBeside(work: () => void): void {
    try {
      work();
    } finally {
      this.run();
    }
  }

  close(): void {
    this.#memory = undefined;
    this.#calls = [refuseClosed];
  }

  /** Looks up a step's arrays once, so that running it does nothing but compute. */
  #prepare({ operation, attributes, inputs, output, epilogue, update }: Step): () => void {
    const result = this.view(output);
    const call = {
      inputs: inputs.map((slot) => this.#elements(slot)),
      inputShapes: inputs.map((slot) => slot.shape),
      output: result,
      outputShape: output.shape,
      attributes,
    };
    const followers = epilogue.map((fused) => this.#prepareFollower(fused));
    const finish = update && this.#prepareUpdate(update, output);
    return () => {
      operation.reference(call);
      for (const follow of followers) {
        for (let i = 0; i < result.length; i++) result[i] = follow(result[i], i);
      }
      finish?.();
    };
  }

  /** The update by a step's result. */
  #prepareUpdate({ operation, attributes, operands }: Epilogue, gradient: Slot): () => void {
    const inputs = operands.map((slot) => slot ?? gradient);
    const call = {
      inputs: inputs.map((slot) => this.#elements(slot)),
      inputShapes: inputs.map((slot) => slot.shape),
      output: new Float64Array(0),
      outputShape: [0],
      attributes,
    };
    return () => operation.reference(call);
  }

  /** What becomes of value number `i` of a step's result in an operation fused to it. */
  #prepareFollower({
    operation,
    attributes,
    operands,
  }: Epilogue): (value: number, i: number) => number {
    const { elementwise, name } = operation;
    if (elementwise === undefined) throw new TypeError(`${name}: must be elementwise to be fused`);
    const arrays = operands.map((slot) => slot && this.view(slot));
    const values = new Array<number>(operands.length);
    return (value, i) => {
      for (let j = 0; j < arrays.length; j++) {
        const array = arrays[j];
        values[j] = array === undefined ? value : array[i % array.length];
      }
      return elementwise.scalar(values, attributes);
    };
  }
}
