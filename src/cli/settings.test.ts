import { describe, expect, it } from "vitest";
import { differingSettings, settingsDigest, settingsOf } from "./settings.js";

const first = { seed: 1, layers: [{ type: "dense", units: 10 }], note: undefined };

describe("settings", () => {
  it("are named by their paths", () => {
    expect([...settingsOf(first)]).toEqual([
      ["layers.0.type", '"dense"'],
      ["layers.0.units", "10"],
      ["seed", "1"],
    ]);
  });

  it("differ where a value does, or is there in one alone", () => {
    const second = { seed: 2, layers: [{ units: 10, type: "dense" }, { type: "relu" }] };
    expect(differingSettings([first, second, first])).toEqual(["layers.1.type", "seed"]);
    expect(differingSettings([first, { ...first }])).toEqual([]);
  });

  it("have a digest that knows no order of fields", async () => {
    const turned = { layers: [{ units: 10, type: "dense" }], seed: 1 };
    expect(await settingsDigest(first)).toBe(await settingsDigest(turned));
    expect(await settingsDigest(first)).not.toBe(await settingsDigest({ ...first, seed: 2 }));
  });
});
