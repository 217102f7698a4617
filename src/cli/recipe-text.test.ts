import { describe, expect, it } from "vitest";
import { recipe } from "../zoo/index.js";
import { recipeText } from "./recipe-text.js";
import { styleFor } from "./terminal/style.js";

const style = styleFor({ write() {}, isTTY: false, columns: 80 }, {});
const reached = {
  on: "test",
  seeds: 5,
  accuracy: 0.98321,
  least: 0.9829,
  greatest: 0.984,
  loss: 0.0612,
} as const;

describe("recipeText", () => {
  it("sets what was reached beside what the work reports", () => {
    const text = recipeText(recipe("mlp-512"), { reached, style });
    expect(text).toContain(
      "\nreported  system A  training loss 0.0153, training accuracy 99.49 %, test loss 0.0963, test accuracy 97.63 %, F1 0.9763\n" +
        "reached   seeds: 5  test accuracy 98.32 % (98.29 % – 98.40 %), loss 0.0612\n",
    );
  });

  it("lists the layers with their outputs and arrays, and the training with its options", () => {
    const text = recipeText(recipe("cnn-20x20"), { reached: undefined, style });
    expect(text).toMatch(/^layers\.0 +conv2d +\[20, 20, 32\] +288 +weight \[3, 3, 1, 32\]$/m);
    expect(text).toMatch(/^data +digits-20x20, whole$/m);
    expect(text).toMatch(/^optimizer +adamw, weightDecay 0\.01$/m);
    expect(text).toMatch(/\ninkling train cnn-20x20\n$/);
    expect(text).not.toContain("reported");
  });

  it("tells of an ensemble how many nets it has", () => {
    const text = recipeText(recipe("ensemble"), { reached: undefined, style });
    expect(text).toMatch(/^nets +5, answering together$/m);
  });
});
