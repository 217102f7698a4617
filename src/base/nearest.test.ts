import { expect, it } from "vitest";
import { nearest } from "./nearest.js";

it("suggests what is one or two edits away, whatever the case", () => {
  expect(nearest("mlpp", ["softmax", "mlp", "cnn"])).toBe("mlp");
  expect(nearest("Sotfmax", ["softmax", "mlp", "cnn"])).toBe("softmax");
});

it("suggests nothing for what is like nothing", () => {
  expect(nearest("resnet", ["softmax", "mlp", "cnn"])).toBeUndefined();
  expect(nearest("x", ["cnn"])).toBeUndefined();
});
