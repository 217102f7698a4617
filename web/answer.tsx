import type { JSX } from "preact";
import { Characters } from "./characters.js";
import type { LiveReading } from "./reader/index.js";
import { Seen } from "./seen.js";
import { Wells } from "./wells.js";
import { numeralOf, wordsOf } from "./words.js";

/** What the network sees, what it reads, and how sure it is of each class. */
export function Answer({ reading }: { reading: LiveReading }): JSX.Element {
  const state = reading.state.value;
  const newest = reading.reading.value;
  const subject = reading.answered.value?.request.subject.type;
  if (state.type === "failed") return <Failure reason={state.reason} />;
  return (
    <section class="answer" aria-label="Reading">
      <Characters reading={reading} />
      <figure>
        <Seen reading={reading.reading} />
        <figcaption>what it sees</figcaption>
      </figure>
      <figure>
        <div class={`numeral ${newest?.status ?? "nothing"}`}>
          <span>{numeralOf(newest)}</span>
        </div>
        <figcaption>what it reads</figcaption>
      </figure>
      <p class="words">
        {state.type === "loading" ? "The reader is on its way …" : wordsOf(newest, subject)}
      </p>
      <Wells classes={state.type === "ready" ? state.classes : []} reading={newest} />
    </section>
  );
}

function Failure({ reason }: { reason: string }): JSX.Element {
  return (
    <section class="answer failure" role="alert">
      <h2>The reader cannot work here.</h2>
      <p>
        You can still write, but nothing will be read. Loading the page again may help; if not, a
        current version of Chrome, Edge, Firefox or Safari will.
      </p>
      <p class="reason">{reason}</p>
    </section>
  );
}
