import { describe, expect, it } from "vitest";
import { Graph, lower, referenceBackend, relu } from "../index.js";

describe("a program of the reference backend", () => {
  it("neither runs nor shows its memory once it is closed, but for views given out before", async () => {
    const graph = new Graph();
    graph.result("y", graph.apply(relu, [graph.input("x", [3])], {}));
    const program = await referenceBackend.load(lower(graph));
    const { inputs, results } = program.plan;
    const y = results.get("y")!;
    const view = program.view(y);
    program.view(inputs.get("x")!).set([-1, 0, 2]);
    program.run();
    program.close();
    program.close();
    expect([...view]).toEqual([0, 0, 2]);
    const closed = new TypeError(
      "program: must be open, got one that was closed; load its plan again",
    );
    expect(() => program.run()).toThrow(closed);
    expect(() => program.view(y)).toThrow(closed);
  });
});
