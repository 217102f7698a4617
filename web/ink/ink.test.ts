import { describe, expect, it } from "vitest";
import { Ink, type InkPoint } from "./index.js";

const point = (x: number): InkPoint => ({ x, y: 0.5, width: 0.05 });

/** Ink of two strokes, the first of three points, the second a dot. */
function written(): Ink {
  const ink = new Ink();
  ink.begin(point(0.1));
  ink.extend([point(0.2), point(0.3)]);
  ink.begin(point(0.9));
  return ink;
}

/** The strokes by where their points lie. */
const shape = (ink: Ink): number[][] => ink.strokes.value.map((stroke) => stroke.map(({ x }) => x));

describe("ink", () => {
  it("keeps strokes in the order written", () => {
    expect(shape(written())).toEqual([[0.1, 0.2, 0.3], [0.9]]);
  });

  it("takes back a stroke at a time, and brings it back", () => {
    const ink = written();
    ink.undo();
    expect(shape(ink)).toEqual([[0.1, 0.2, 0.3]]);
    ink.undo();
    expect(shape(ink)).toEqual([]);
    ink.redo();
    ink.redo();
    expect(shape(ink)).toEqual([[0.1, 0.2, 0.3], [0.9]]);
  });

  it("says what can be done", () => {
    const ink = written();
    expect([ink.inked.value, ink.canUndo.value, ink.canRedo.value]).toEqual([true, true, false]);
    ink.undo();
    ink.undo();
    expect([ink.inked.value, ink.canUndo.value, ink.canRedo.value]).toEqual([false, false, true]);
    ink.undo();
    expect(ink.canRedo.value).toBe(true);
  });

  it("forgets what was taken back once something new is written", () => {
    const ink = written();
    ink.undo();
    ink.begin(point(0.5));
    ink.redo();
    expect(shape(ink)).toEqual([[0.1, 0.2, 0.3], [0.5]]);
  });

  it("takes back a clearing", () => {
    const ink = written();
    ink.clear();
    expect(shape(ink)).toEqual([]);
    ink.undo();
    expect(shape(ink)).toEqual([[0.1, 0.2, 0.3], [0.9]]);
  });

  it("does not count the clearing of a blank sheet as something done", () => {
    const ink = new Ink();
    ink.clear();
    expect(ink.canUndo.value).toBe(false);
  });

  it("takes back ink that was amended as a whole", () => {
    const ink = written();
    ink.replace([]);
    ink.amend([[point(0.4)]]);
    ink.amend([[point(0.4), point(0.6)]]);
    ink.undo();
    expect(shape(ink)).toEqual([[0.1, 0.2, 0.3], [0.9]]);
  });
});
