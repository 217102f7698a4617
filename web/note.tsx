import type { JSX } from "preact";
import type { LiveReading } from "./reader/index.js";

/** What is promised, and what it takes: at the foot of the page. */
export function Note({ reading }: { reading: LiveReading }): JSX.Element {
  const state = reading.state.value;
  return (
    <footer>
      <p>Nothing you write leaves this machine.</p>
      {state.type === "ready" && (
        <p class="figures">
          <span>{Math.round(state.modelBytes / 1000)} KB of network</span>
          <span class="engine">{state.engine}</span>
          <span class="latency">read in {reading.elapsedMs.value.toFixed(1)} ms</span>
        </p>
      )}
    </footer>
  );
}
