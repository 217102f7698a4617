import { ShapeError } from "../base/index.js";
import type { Attributes, Elementwise, Operation, ReferenceCall } from "./operation.js";
import { expectSameShape, formatShape, lastAxis, type Shape } from "./shape.js";

/** What an elementwise operation states of itself; shape rule and reference kernel follow. */
export interface ElementwiseDefinition<A extends Attributes> extends Elementwise<A> {
  readonly name: string;
  readonly gradient?: NonNullable<Operation<A>["gradient"]>;
}

/** Makes an operation whose output element i depends on input elements i alone. */
export function elementwise<A extends Attributes>(
  definition: ElementwiseDefinition<A>,
): Operation<A> & { readonly elementwise: Elementwise<A> } {
  const { name, scalar, broadcast = [], gradient } = definition;
  return {
    name,
    shape(inputs) {
      const first = inputs[0];
      if (first === undefined) throw new ShapeError(`${name}: needs at least one input, got none`);
      inputs.forEach((shape, index) => {
        if (!broadcast.includes(index)) expectSameShape(name, first, shape);
        else expectChannels(name, first, shape);
      });
      return first;
    },
    reference({ inputs, output, attributes }: ReferenceCall<A>) {
      const values = new Array<number>(inputs.length);
      for (let i = 0; i < output.length; i++) {
        // An input of shape [c] is shorter than the output and begins anew after each c elements.
        for (let j = 0; j < inputs.length; j++) values[j] = inputs[j][i % inputs[j].length];
        output[i] = scalar(values, attributes);
      }
    },
    takesEpilogue: true,
    elementwise: { scalar, broadcast },
    ...(gradient && { gradient }),
  };
}

function expectChannels(name: string, input: Shape, channels: Shape): void {
  if (channels.length === 1 && channels[0] === lastAxis(input)) return;
  throw new ShapeError(
    `${name}: last axis of ${formatShape(input)} must match ${formatShape(channels)}`,
  );
}
