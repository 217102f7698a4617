import type { JSX } from "preact";
import type { FoundReading } from "../src/read/index.js";
import type { LiveReading } from "./reader/index.js";
import { percent } from "./words.js";

/** Up to so many boxes there is room to tell how sure each reading is. */
const ROOM = 12;

/**
 * Where the characters stand, over what they were read from. For the eye and the mouse only: the same is
 * told, and can be chosen, beside it.
 */
export function Boxes({ reading }: { reading: LiveReading }): JSX.Element | null {
  const result = reading.answered.value?.result;
  if (result?.type !== "result") return null;
  const { characters, width, height } = result;
  return (
    <div class="boxes" aria-hidden="true">
      {characters.map((character, i) => (
        <button
          key={i}
          type="button"
          tabIndex={-1}
          class={`box ${character.status}${i === reading.index.value ? " chosen" : ""}`}
          style={placeOf(character, width, height)}
          onClick={() => {
            reading.chosen.value = i;
          }}
        >
          {character.label !== null && (
            <span>
              {character.label}
              {character.status === "unsure" && "?"}
              {characters.length <= ROOM && <small> {percent(character.confidence)}</small>}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

function placeOf(
  { box }: FoundReading,
  width: number,
  height: number,
): Readonly<Record<string, string>> {
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return {
    left: share(box.left, width),
    top: share(box.top, height),
    width: share(box.right - box.left, width),
    height: share(box.bottom - box.top, height),
  };
}
