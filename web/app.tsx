import type { JSX } from "preact";
import { Announcer } from "./announcer.js";
import { Answer } from "./answer.js";
import type { Ink } from "./ink/index.js";
import { Masthead } from "./masthead.js";
import { Note } from "./note.js";
import type { LiveReading } from "./reader/index.js";
import { Samples } from "./samples.js";
import { Sheet } from "./sheet.js";
import { Tools } from "./tools.js";

export interface AppProps {
  readonly ink: Ink;
  readonly reading: LiveReading;
  /** Writes a digit on a fresh sheet, for those who cannot draw. */
  readonly writeSample: (digit: number) => void;
}

/** The one page: a sheet to write on, and beside it what the network makes of it. */
export function App({ ink, reading, writeSample }: AppProps): JSX.Element {
  return (
    <>
      <Masthead />
      <main>
        <section class="desk" aria-label="Writing">
          <Sheet ink={ink} />
          <Tools ink={ink} />
        </section>
        <Answer reading={reading} />
        <Samples writeSample={writeSample} />
        <Announcer reading={reading} />
      </main>
      <Note reading={reading} />
    </>
  );
}
