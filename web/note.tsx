import type { JSX } from "preact";
import type { LiveReading } from "./reader/index.js";

/** What is promised, and what it takes: at the foot of the page. */
export function Note({ reading }: { reading: LiveReading }): JSX.Element {
  const state = reading.state.value;
  const result = reading.answered.value?.result;
  return (
    <footer>
      <p>Nothing you write leaves this machine.</p>
      {state.type === "ready" && (
        <p class="figures">
          <span>{Math.round(state.modelBytes / 1000)} KB of network</span>
          <span class="engine">{state.engine}</span>
          {result?.type === "result" && (
            <span class="latency">read in {result.elapsedMs.toFixed(1)} ms</span>
          )}
        </p>
      )}
    </footer>
  );
}
