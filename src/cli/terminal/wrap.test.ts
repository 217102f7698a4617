import { describe, expect, it } from "vitest";
import { wrap } from "./wrap.js";

describe("wrap", () => {
  it("breaks between words, and indents all lines but the first", () => {
    expect(wrap("- one two three four", { columns: 9, indent: 2 })).toBe(
      "- one two\n  three\n  four\n",
    );
  });

  it("leaves a word whole that is too long", () => {
    expect(wrap("an unbreakable word", { columns: 6 })).toBe("an\nunbreakable\nword\n");
  });
});
