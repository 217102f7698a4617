import { describe, expect, it } from "vitest";
import { fitVerdict } from "./fit-verdict.js";

describe("fitVerdict", () => {
  it("calls it over-fitting where most test errors are not made on training images", () => {
    // System A of the literature: 99.49 % on training images, 97.63 % on test images.
    const { kind, text } = fitVerdict(
      { n: 60_000, accuracy: 0.9949, loss: 0.0153 },
      { n: 10_000, accuracy: 0.9763, loss: 0.0963 },
    );
    expect(kind).toBe("over-fitting");
    expect(text).toBe(
      "Over-fitting: 0.51\u202f% of the training images are misread and 2.37\u202f% of the test images; 78\u202f% of the test error is that gap. The test loss is 6.3 times the training loss.",
    );
  });

  it("calls it slight where the gap is under a percentage point", () => {
    const { text } = fitVerdict(
      { n: 60_000, accuracy: 0.999, loss: 0.004 },
      { n: 10_000, accuracy: 0.995, loss: 0.016 },
    );
    expect(text).toMatch(/^Slight over-fitting: 0\.10\u202f% of/);
  });

  it("calls it under-fitting where training images themselves are misread", () => {
    const { kind, text } = fitVerdict(
      { n: 60_000, accuracy: 0.926, loss: 0.26 },
      { n: 10_000, accuracy: 0.9229, loss: 0.2753 },
    );
    expect(kind).toBe("under-fitting");
    expect(text).toContain("the difference is within chance");
  });

  it("calls it balanced where few are misread and the gap is small", () => {
    const { kind, text } = fitVerdict(
      { n: 60_000, accuracy: 0.9925, loss: 0.02 },
      { n: 10_000, accuracy: 0.99, loss: 0.03 },
    );
    expect(kind).toBe("balanced");
    expect(text).toContain("the gap of 0.25 percentage points is the smaller part");
  });

  it("does not take chance for over-fitting on a small test set", () => {
    const measures = { accuracy: 1, loss: 0.001 };
    expect(fitVerdict({ n: 100, ...measures }, { n: 50, accuracy: 0.98, loss: 0.1 }).kind).toBe(
      "balanced",
    );
    expect(fitVerdict({ n: 100, ...measures }, { n: 50, ...measures }).text).toContain(
      "within chance",
    );
  });
});
