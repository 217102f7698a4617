import type { JSX } from "preact";
import { PictureIcon } from "./icons.js";
import { SAMPLE_DIGITS } from "./ink/index.js";

interface SamplesProps {
  /** What the model reads. */
  readonly classes: readonly string[];
  readonly writeSample: (digit: number) => void;
  readonly openPicture: (file: File) => void;
}

/** For those who cannot draw, or would rather watch: digits that are written, or a picture of one's own. */
export function Samples({ classes, writeSample, openPicture }: SamplesProps): JSX.Element {
  const digits = SAMPLE_DIGITS.filter((digit) => classes.includes(String(digit)));
  return (
    <section class="samples" aria-labelledby="samples">
      <h2 id="samples">{digits.length > 0 ? "Or have one written" : "Or a picture"}</h2>
      <label class="tool" title="PNG, JPEG or WebP; it can be dropped or pasted, too">
        <input
          type="file"
          class="spoken"
          accept="image/png,image/jpeg,image/webp"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) openPicture(file);
            // The same file can be chosen again.
            currentTarget.value = "";
          }}
        />
        <PictureIcon />
        Open a picture
      </label>
      <div class="digits">
        {digits.map((digit) => (
          <button
            key={digit}
            type="button"
            aria-label={`Write a ${digit}`}
            onClick={() => writeSample(digit)}
          >
            {digit}
          </button>
        ))}
      </div>
    </section>
  );
}
