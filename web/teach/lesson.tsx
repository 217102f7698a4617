import type { JSX } from "preact";
import { percent } from "../../src/base/index.js";
import type { BeforeAndAfter } from "../../src/evaluate/index.js";
import { download } from "../download.js";
import type { Teaching, TeachingState } from "./teaching.js";

type LearnedState = Extract<TeachingState, { type: "learned" }>;

/** Has the model learn what was collected, and tells what came of it. */
export function Lesson({ teaching }: { teaching: Teaching }): JSX.Element {
  const state = teaching.state.value;
  const missing = teaching.missing.value;
  const isLearning = state.type === "learning";
  const can = missing === undefined && !isLearning;
  return (
    <div class="lesson">
      <div class="actions">
        <button
          type="button"
          class="action"
          aria-disabled={!can}
          onClick={() => can && teaching.learn()}
        >
          Learn
        </button>
        {isLearning && (
          <>
            <progress value={state.share} aria-label="Learning" />
            <button type="button" class="action" onClick={() => teaching.stop()}>
              Stop
            </button>
          </>
        )}
        <span class="hint" aria-live="polite">
          {isLearning ? `${state.what} …` : missing && `${missing}.`}
        </span>
      </div>
      <div aria-live="polite">
        {state.type === "learned" && <Outcome state={state} teaching={teaching} />}
        {state.type === "failed" && <p class="wrong">{state.reason}</p>}
      </div>
    </div>
  );
}

function Outcome({ state, teaching }: { state: LearnedState; teaching: Teaching }): JSX.Element {
  const { fresh, old, worse, added, seconds, name, isKept, file } = state;
  return (
    <>
      <p>
        Learned in {seconds.toFixed(1)} s
        {added.length > 0 && `, and what it did not know: ${added.join(" ")}`}.
        {isKept ? ` It reads with “${name}” now.` : ""}
      </p>
      {worse && !isKept && (
        <p class="wrong">
          It is not used, for it reads {worse.name} less well: {worse.lost} no longer,{" "}
          {worse.gained} more.
        </p>
      )}
      <Figures rows={old ? [fresh, old] : [fresh]} />
      <div class="actions">
        {!isKept && (
          <button type="button" class="action" onClick={() => teaching.keep()}>
            Use it all the same
          </button>
        )}
        <button
          type="button"
          class="action"
          onClick={() => download(file, `${name.replaceAll(/\W+/g, "-")}.inkling`)}
        >
          Download it
        </button>
        <button type="button" class="action" onClick={() => teaching.forget()}>
          Forget
        </button>
      </div>
    </>
  );
}

/** Read right before and after. */
function Figures({ rows }: { rows: readonly BeforeAndAfter[] }): JSX.Element {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Read right</th>
          <th scope="col">before</th>
          <th scope="col">after</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, n, before, after }) => (
          <tr key={name}>
            <th scope="row">
              {name} <small>{n}</small>
            </th>
            <td>{percent(before.accuracy, 1)}</td>
            <td>{percent(after.accuracy, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
