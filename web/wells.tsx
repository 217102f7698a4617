import type { JSX } from "preact";
import type { Reading } from "../src/read/index.js";
import { percent } from "./words.js";

/** Wells there is room for. */
const MOST = 12;

interface WellsProps {
  readonly classes: readonly string[];
  readonly reading: Reading | undefined;
}

/** One inkwell a class, filled as high as the network is sure of it; of many classes, the likeliest. */
export function Wells({ classes, reading }: WellsProps): JSX.Element {
  const sure = new Map(reading?.top.map(({ label, confidence }) => [label, confidence]));
  const best = reading?.label;
  const likeliest = [...sure.keys()].slice(0, MOST);
  const shown = classes.length <= MOST ? classes : likeliest;
  return (
    <ul class="wells" aria-label="How sure it is of each">
      {shown.map((label) => {
        const share = sure.get(label) ?? 0;
        return (
          <li key={label} class={label === best ? "best" : ""}>
            <div class="glass">
              <div class="level" style={{ height: `${share * 100}%` }} />
            </div>
            <span>{label}</span>
            <span class="spoken">{percent(share)}</span>
          </li>
        );
      })}
    </ul>
  );
}
