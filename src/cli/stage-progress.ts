import type { Io } from "./io.js";
import { bar } from "./terminal/bar.js";
import { clock, percent, printable } from "./terminal/format.js";
import { LiveLine } from "./terminal/live-line.js";
import { isLive } from "./terminal/style.js";

/** A live bar in a terminal for work in stages: which one, how far it is, how long it will take. */
export function stageProgress(io: Io) {
  const line = new LiveLine(io.stderr);
  let stage = "";
  let startMs = 0;
  return {
    onProgress(what: string, share: number): void {
      if (what !== stage) {
        stage = what;
        startMs = performance.now();
      }
      if (!line.isDue || !isLive(io.stderr, io.env)) return;
      const seconds = (performance.now() - startMs) / 1000;
      const left = share > 0 ? `  ${clock((seconds * (1 - share)) / share)} left` : "";
      const text = `${printable(what)}  ▕${bar(share, 20)}▏ ${percent(share, 0).padStart(5)}${left}`;
      line.draw(text.slice(0, io.stderr.columns - 1));
    },
    end: () => line.clear(),
  };
}
