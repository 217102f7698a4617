import { expect, it } from "vitest";
import { emnistFraming, mnistFraming, preprocessingCheck } from "./preprocessing.js";

it("EMNIST's framing leaves 2 of 28 pixels free on either side, and is a contract that files may hold", () => {
  expect(emnistFraming()).toMatchObject({ framing: "emnist", box: 24, center: "box" });
  expect(preprocessingCheck(emnistFraming(), "preprocessing")).toBeUndefined();
});

it("MNIST's framing fills 20 of 28 pixels, centre of mass in the middle, in proportion at other sizes", () => {
  expect(mnistFraming()).toEqual({
    framing: "mnist",
    width: 28,
    height: 28,
    box: 20,
    center: "mass",
    range: [0, 1],
    ink: "bright",
  });
  expect(mnistFraming({ width: 20, height: 20 })).toMatchObject({ width: 20, height: 20, box: 14 });
});
