import type { JSX } from "preact";
import type { LiveReading } from "./reader/index.js";
import { percent, rowsOf } from "./words.js";

/** Several characters as they stand, row by row, to choose which to look at. */
export function Characters({ reading }: { reading: LiveReading }): JSX.Element | null {
  const characters = reading.characters.value;
  if (characters.length < 2) return null;
  const rows = rowsOf(characters.map((character, index) => ({ ...character, index })));
  return (
    <fieldset class="characters">
      <legend>{characters.length} characters</legend>
      {rows.map((row) => (
        <div key={row[0]?.row} class="row">
          {row.map(({ index, status, label, confidence }) => (
            <button
              key={index}
              type="button"
              class={status}
              aria-pressed={index === reading.index.value}
              onClick={() => {
                reading.chosen.value = index;
              }}
            >
              {status === "unsure" && <span class="spoken">perhaps </span>}
              <b>{label}</b>
              <small>{percent(confidence)}</small>
            </button>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
