import type { EpochRecord, Progress } from "../train/index.js";
import type { Io } from "./io.js";
import { bar } from "./terminal/bar.js";
import { clock, count, percent } from "./terminal/format.js";
import { LiveLine } from "./terminal/live-line.js";
import { isLive } from "./terminal/style.js";

/** Tells how a training goes, to whoever is there to see it. */
export interface TrainingProgress {
  onStep(progress: Progress): void;
  onEpoch(record: EpochRecord): void;
  end(): void;
}

/**
 * A live bar and a line an epoch in a terminal, a line an epoch on stderr otherwise, a JSON
 * record an epoch on stdout with `json`.
 */
export function trainingProgress(
  io: Io,
  { epochs, json }: { epochs: number; json: boolean },
): TrainingProgress {
  if (json) return jsonProgress(io);
  return isLive(io.stderr, io.env) ? liveProgress(io, epochs) : lineProgress(io, epochs);
}

function jsonProgress(io: Io): TrainingProgress {
  return {
    onStep() {},
    onEpoch: (record) => io.stdout.write(`${JSON.stringify({ event: "epoch", ...record })}\n`),
    end() {},
  };
}

function lineProgress(io: Io, epochs: number): TrainingProgress {
  return {
    onStep() {},
    onEpoch: (record) => io.stderr.write(`${epochLine(record, epochs)}\n`),
    end() {},
  };
}

function liveProgress(io: Io, epochs: number): TrainingProgress {
  const line = new LiveLine(io.stderr);
  return {
    onStep(progress) {
      if (line.isDue) line.draw(liveLine(progress, epochs, io.stderr.columns));
    },
    onEpoch: (record) => line.print(epochLine(record, epochs)),
    end: () => line.clear(),
  };
}

/** The bar takes what room the figures leave, and goes first where there is none. */
function liveLine(progress: Progress, epochs: number, columns: number): string {
  const figures = [
    `epoch ${progress.epoch}/${epochs}`,
    `loss ${progress.loss.toFixed(4)}`,
    `accuracy ${percent(progress.accuracy)}`,
    `${count(progress.imagesPerSecond)} images/s`,
    `${clock(progress.secondsLeft)} left`,
  ].join("  ");
  const width = Math.min(30, columns - 1 - figures.length - 4);
  const drawn = width >= 5 ? `▕${bar(progress.step / progress.steps, width)}▏ ` : "";
  return (drawn + figures).slice(0, columns - 1);
}

function epochLine(record: EpochRecord, epochs: number): string {
  const number = record.epoch.toString().padStart(epochs.toString().length);
  const { validation } = record;
  return [
    `epoch ${number}/${epochs}`,
    `loss ${record.loss.toFixed(4)}`,
    `accuracy ${percent(record.accuracy)}`,
    ...(validation
      ? [`validation ${validation.loss.toFixed(4)}, ${percent(validation.accuracy)}`]
      : []),
    `${count(record.imagesPerSecond)} images/s`,
    `${record.seconds.toFixed(1)} s`,
  ].join("  ");
}
