import { expect, it } from "vitest";
import { IntegralImage } from "./integral-image.js";

it("sums what of a square lies inside", () => {
  const image = new IntegralImage(4, 3);
  for (const value of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) image.push(value);
  expect(image.sumAround(1, 1, 1)).toBe(1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11);
  expect(image.sumAround(0, 0, 1)).toBe(1 + 2 + 5 + 6);
  expect(image.sumAround(3, 2, 9)).toBe(78);
  expect(image.sumAround(2, 1, 0)).toBe(7);
});
