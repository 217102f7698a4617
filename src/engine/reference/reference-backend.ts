import type { Backend, Program } from "../backend.js";
import type { Plan, Slot, Step } from "../plan.js";
import { lastAxis } from "../shape.js";

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
  readonly #memory: Float64Array;
  readonly #calls: (() => void)[];

  constructor(plan: Plan) {
    this.plan = plan;
    this.#memory = new Float64Array(plan.words);
    this.#calls = plan.steps.map((step) => this.#prepare(step));
  }

  view({ offset, size }: Slot): Float64Array {
    return this.#memory.subarray(offset, offset + size);
  }

  run(): void {
    for (const call of this.#calls) call();
  }

  close(): void {}

  /** Looks up a step's arrays once, so that running it does nothing but compute. */
  #prepare({ operation, attributes, inputs, output, epilogue }: Step): () => void {
    const call = {
      inputs: inputs.map((slot) => this.view(slot)),
      inputShapes: inputs.map((slot) => slot.shape),
      output: this.view(output),
      outputShape: output.shape,
      attributes,
    };
    const followers = epilogue.map((fused) => {
      const { scalar, broadcast = [] } =
        fused.operation.elementwise ?? missing(fused.operation.name);
      const operands = fused.operands.map((slot) => slot && this.view(slot));
      const values = new Array<number>(operands.length);
      const channels = lastAxis(output.shape);
      return (i: number, value: number): number => {
        operands.forEach((operand, j) => {
          values[j] =
            operand === undefined ? value : operand[broadcast.includes(j) ? i % channels : i];
        });
        return scalar(values, fused.attributes);
      };
    });
    return () => {
      operation.reference(call);
      if (followers.length === 0) return;
      const { output } = call;
      for (let i = 0; i < output.length; i++) {
        let value = output[i];
        for (const follow of followers) value = follow(i, value);
        output[i] = value;
      }
    };
  }
}

function missing(name: string): never {
  throw new TypeError(`${name}: not elementwise, cannot follow another operation in its step`);
}
