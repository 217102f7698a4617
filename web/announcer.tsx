import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import type { LiveReading } from "./reader/index.js";
import { sentenceOf } from "./words.js";

/** How long a reading must stand before it is said: nobody wants to hear every half-drawn guess. */
const SETTLED_MS = 600;

/** Tells screen readers what was read. */
export function Announcer({ reading }: { reading: LiveReading }): JSX.Element {
  const said = useSignal("");
  useSignalEffect(() => {
    const sentence = sentenceOf(
      reading.characters.value,
      reading.answered.value?.request.subject.type,
    );
    const timer = setTimeout(() => {
      said.value = sentence;
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  });
  return (
    <p class="spoken" role="status">
      {said.value}
    </p>
  );
}
