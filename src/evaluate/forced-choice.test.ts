import { describe, expect, it } from "vitest";
import { NOT_A_CHARACTER } from "../base/index.js";
import { forcedChoice } from "./forced-choice.js";

const logits = Float32Array.of(1, 2, 9, 4, 3, 8);
const classes = ["a", "b", NOT_A_CHARACTER];

describe("forcedChoice", () => {
  it("takes away what is no character where every sample shows one", () => {
    const choice = forcedChoice(logits, { labels: Int32Array.of(1, 0), classes });
    expect(choice.classes).toEqual(["a", "b"]);
    expect([...choice.logits]).toEqual([1, 2, 4, 3]);
  });

  it("leaves it where a sample is such", () => {
    const choice = forcedChoice(logits, { labels: Int32Array.of(1, 2), classes });
    expect(choice).toEqual({ logits, classes });
  });

  it("leaves other models as they are", () => {
    const plain = ["a", "b", "c"];
    const choice = forcedChoice(logits, { labels: Int32Array.of(0, 1), classes: plain });
    expect(choice).toEqual({ logits, classes: plain });
  });
});
