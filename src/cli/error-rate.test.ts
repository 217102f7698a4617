import { describe, expect, it } from "vitest";
import { errorRate } from "./error-rate.js";

const parse = errorRate("--max-error");

describe("errorRate", () => {
  it("takes percent and shares", () => {
    expect(parse("0.1%")).toBeCloseTo(0.001, 12);
    expect(parse("2 %")).toBeCloseTo(0.02, 12);
    expect(parse("0.005")).toBe(0.005);
  });

  it.each(["0", "1", "100%", "-1%", "%", "", "few"])("refuses %j", (text) => {
    expect(() => parse(text)).toThrow(
      `--max-error: must be a share of answers, as 0.1% or 0.001, got "${text}"`,
    );
  });
});
