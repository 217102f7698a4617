import type { Trial } from "../../train/index.js";
import type { Io } from "../io.js";
import { printJson } from "../print-json.js";
import { bar } from "../terminal/bar.js";
import { clock } from "../terminal/format.js";
import { LiveLine } from "../terminal/live-line.js";
import { isLive } from "../terminal/style.js";
import { trialLine } from "./study-text.js";

/** A trial of many epochs says little for long: the clock is drawn anew all the same, ms. */
const REDRAW_MS = 1000;
const BAR_WIDTH = 20;

/** Tells how a study goes, to whoever is there to see it. */
export interface StudyProgress {
  /** A trial at work has had so many epochs. */
  onEpoch(number: number, epochs: number): void;
  /** @param best - of all trials that are over, if one is */
  onTrial(trial: Trial, best: Trial | undefined): void;
  end(): void;
}

/**
 * A line a trial on stderr, below them in a terminal a live bar; a JSON record a trial on stdout with
 * `json`.
 *
 * @param options.finished - how many of the trials were over before
 */
export function studyProgress(
  io: Io,
  options: {
    readonly trials: number;
    readonly finished: number;
    readonly goal: string;
    readonly json: boolean;
  },
): StudyProgress {
  const { trials, finished, goal, json } = options;
  if (json) {
    return {
      onEpoch() {},
      onTrial: (trial) => printJson(io, { event: "trial", ...trial }),
      end() {},
    };
  }
  const startMs = performance.now();
  const live = isLive(io.stderr, io.env);
  const line = new LiveLine(io.stderr);
  /** Epochs of the trials at work, by their numbers. */
  const atWork = new Map<number, number>();
  let over = finished;
  const timeLeft = (): string => {
    const seconds = (performance.now() - startMs) / 1000;
    return over === finished
      ? ""
      : `, ${clock((seconds / (over - finished)) * (trials - over))} left`;
  };
  const draw = (): void => {
    const epochs = [...atWork].map(([number, n]) => `trial ${number + 1}: epoch ${n}`);
    const text = [`${over}/${trials} trials${timeLeft()}`, ...epochs].join("  ");
    const drawn = `▕${bar(over / trials, BAR_WIDTH)}▏  `;
    // The bar goes first where there is no room.
    const whole = drawn.length + text.length < io.stderr.columns ? drawn + text : text;
    line.draw(whole.slice(0, io.stderr.columns - 1));
  };
  const timer = live ? setInterval(draw, REDRAW_MS) : undefined;
  return {
    onEpoch(number, epochs) {
      atWork.set(number, epochs);
      if (live && line.isDue) draw();
    },
    onTrial(trial, best) {
      atWork.delete(trial.number);
      over += 1;
      const told = trialLine(trial, { trials, best, goal });
      if (live) {
        line.print(told);
        draw();
      } else io.stderr.write(`${told}${over < trials ? timeLeft() : ""}\n`);
    },
    end() {
      clearInterval(timer);
      line.clear();
    },
  };
}
