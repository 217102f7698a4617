import type { JSX } from "preact";
import { SAMPLE_DIGITS } from "./ink/index.js";

/** Digits that are written for those who cannot draw, or would rather watch. */
export function Samples(props: { writeSample: (digit: number) => void }): JSX.Element {
  return (
    <section class="samples" aria-labelledby="samples">
      <h2 id="samples">Or have one written</h2>
      <div class="digits">
        {SAMPLE_DIGITS.map((digit) => (
          <button
            key={digit}
            type="button"
            aria-label={`Write a ${digit}`}
            onClick={() => props.writeSample(digit)}
          >
            {digit}
          </button>
        ))}
      </div>
    </section>
  );
}
