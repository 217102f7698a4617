import type { JSX } from "preact";
import { Announcer } from "./announcer.js";
import { Answer } from "./answer.js";
import { Choices } from "./choices.js";
import type { Desk } from "./desk.js";
import { Masthead } from "./masthead.js";
import { Note } from "./note.js";
import type { LiveReading } from "./reader/index.js";
import { Samples } from "./samples.js";
import { Sheet } from "./sheet.js";
import { Stages } from "./stages.js";
import { Teach, type Teaching } from "./teach/index.js";
import { Tools } from "./tools.js";

export interface AppProps {
  readonly desk: Desk;
  readonly reading: LiveReading;
  readonly teaching: Teaching;
  /** Writes a digit on a fresh sheet, for those who cannot draw. */
  readonly writeSample: (digit: number) => void;
}

/** The one page: a sheet to write on, and beside it what the network makes of it. */
export function App({ desk, reading, teaching, writeSample }: AppProps): JSX.Element {
  const state = reading.state.value;
  return (
    <>
      <Masthead />
      <main>
        <section class="desk" aria-label="Writing">
          <Sheet desk={desk} reading={reading} />
          <Tools desk={desk} />
        </section>
        <Answer reading={reading} />
        <Samples
          classes={state.type === "ready" ? state.classes : []}
          writeSample={writeSample}
          openPicture={(file) => {
            desk.picture.value = file;
          }}
        />
        <Choices reading={reading} />
        <Announcer reading={reading} />
      </main>
      <section class="more" aria-label="Behind it">
        <Stages reading={reading} />
        <Teach desk={desk} reading={reading} teaching={teaching} />
      </section>
      <Note reading={reading} />
    </>
  );
}
