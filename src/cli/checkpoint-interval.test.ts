import { describe, expect, it } from "vitest";
import { checkpointInterval } from "./checkpoint-interval.js";

describe("--checkpoint-every", () => {
  it.each([
    ["500", { steps: 500 }],
    ["30s", { seconds: 30 }],
    ["2m", { seconds: 120 }],
    ["1.5h", { seconds: 5400 }],
  ])("takes %s", (text, interval) => {
    expect(checkpointInterval("--checkpoint-every")(text)).toEqual(interval);
  });

  it.each(["", "0", "2.5", "0s", "-1", "1d", "m", "1e3"])("refuses %j", (text) => {
    expect(() => checkpointInterval("--checkpoint-every")(text)).toThrow(
      `--checkpoint-every: must be a number of steps, as 500, or a time, as 30s, 2m or 1h, got "${text}"`,
    );
  });
});
