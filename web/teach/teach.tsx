import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Desk } from "../desk.js";
import type { LiveReading } from "../reader/index.js";
import { Seen } from "../seen.js";
import { Collection } from "./collection.js";
import { Lesson } from "./lesson.js";
import type { Teaching } from "./teaching.js";

/** Longest name of a character. */
const LONGEST = 24;

interface TeachProps {
  readonly desk: Desk;
  readonly reading: LiveReading;
  readonly teaching: Teaching;
}

/** Where the reader is taught a hand: say what was written, a few times, and have it learn. */
export function Teach({ desk, reading, teaching }: TeachProps): JSX.Element {
  return (
    <details class="teach">
      <summary>Teach it your hand</summary>
      <p>
        Write a character, or open a picture, and say what it is: what it misreads, or a character
        it does not know. A handful of each is enough. It learns here, in seconds.
      </p>
      <Label desk={desk} reading={reading} teaching={teaching} />
      <Collection teaching={teaching} />
      <Lesson teaching={teaching} />
    </details>
  );
}

/** Says what the character is that is looked at, and takes it as an example. */
function Label({ desk, reading, teaching }: TeachProps): JSX.Element {
  const label = useSignal("");
  const character = useComputed(() => {
    // What is on the desk may be further than what was read of it.
    if (reading.answered.value?.request.subject !== desk.subject.value) return undefined;
    const { value } = reading.reading;
    return value?.pixels.some((level) => level > 0) ? value : undefined;
  });
  const can = character.value !== undefined && label.value.trim() !== "";

  const keep = (): void => {
    if (character.value === undefined || !can) return;
    teaching.add(label.value.trim(), character.value.pixels);
    if (desk.picture.value === undefined) desk.clear();
    else reading.chosen.value = (reading.index.value + 1) % reading.characters.value.length;
  };

  return (
    <form
      class="label"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Seen reading={character} name="What would be taken" />
      <label>
        <span>This is a</span>
        <input
          type="text"
          size={4}
          maxLength={LONGEST}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={label.value}
          onInput={({ currentTarget }) => {
            label.value = currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="action" aria-disabled={!can}>
        Take it
      </button>
      <span class="hint">
        {character.value === undefined ? "Nothing is written." : "Enter takes it, too."}
      </span>
    </form>
  );
}
