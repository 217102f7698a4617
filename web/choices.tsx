import type { JSX } from "preact";
import { percentNumber } from "../src/base/index.js";
import type { LiveReading } from "./reader/index.js";
import { chooseModel, maxError, model, models } from "./settings.js";

/** Which model reads, and how often it may be wrong; as far as there is a choice. */
export function Choices({ reading }: { reading: LiveReading }): JSX.Element | null {
  const state = reading.state.value;
  const errors = state.type === "ready" ? state.errors : [];
  if (models.value.length < 2 && errors.length === 0) return null;
  return (
    <section class="choices" aria-label="Reader">
      {models.value.length > 1 && (
        <label>
          <span>Model</span>
          <select
            value={model.value.name}
            onChange={({ currentTarget }) => {
              const chosen = models.value.find(({ name }) => name === currentTarget.value);
              if (chosen !== undefined) chooseModel(chosen);
            }}
          >
            {models.value.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {errors.length > 0 && (
        <label>
          <span>Wrong at most</span>
          <select
            value={maxError.value ?? ""}
            onChange={({ currentTarget: { value } }) => {
              maxError.value = value === "" ? undefined : Number(value);
            }}
          >
            <option value="">as usual</option>
            {errors.map((error) => (
              <option key={error} value={error}>
                {percentNumber(error)} %
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}
