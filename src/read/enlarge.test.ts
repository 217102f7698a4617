import { expect, it } from "vitest";
import { grid } from "../../test/pixel-grid.js";
import { enlarge } from "./enlarge.js";

it("interpolates between pixel centres and goes on beyond them as it ends", () => {
  const { data } = enlarge(grid(".#\n.#"), 4, 3);
  const row = [0, 63.75, 191.25, 255];
  expect([...data]).toEqual([...row, ...row, ...row]);
});
