import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import * as engine from "../src/engine/index.js";
import { operationCases } from "./operation-cases.js";
import { sampleGraph } from "./sample.js";

describe("operationCases", () => {
  it("reach every operation of the engine, by itself or in a gradient", () => {
    const reached = new Set<string>();
    for (const { build } of operationCases) {
      // Some cases draw one of several operations.
      for (let seed = 0; seed < 20; seed++) {
        const drawn = build(new Random(seed));
        const { graph, leaves, output } = sampleGraph(drawn);
        const targets = drawn.differentiable.map((index) => leaves[index]);
        graph.gradients(output, targets, graph.input("seed", output.shape));
        for (const { operation } of graph.nodes) if (operation) reached.add(operation.name);
      }
    }
    const operations = Object.values(engine).filter(
      (exported) => typeof exported === "object" && "reference" in exported,
    );
    expect(operations.length).toBeGreaterThan(40);
    expect([...reached].sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it("draw the same sample from the same seed", () => {
    for (const { build } of operationCases) {
      const { inputs } = build(new Random(7));
      expect(build(new Random(7)).inputs).toEqual(inputs);
    }
  });
});
