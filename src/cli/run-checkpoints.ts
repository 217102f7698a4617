import { join } from "node:path";
import { DataError } from "../base/index.js";
import { FileGenerations } from "../node/index.js";
import {
  type Checkpoint,
  type CheckpointPurpose,
  decodeCheckpoint,
  encodeCheckpoint,
} from "../train/index.js";
import type { Io } from "./io.js";
import { failureLine } from "./report-failure.js";

/** The checkpoints of one run, two generations of them, in the run's folder. */
export class RunCheckpoints {
  readonly #files: FileGenerations;
  readonly #purpose: CheckpointPurpose;
  #savedStep: number | undefined;

  /** @param folder - of the run */
  constructor(folder: string, purpose: CheckpointPurpose) {
    this.#files = new FileGenerations(join(folder, "checkpoint-*.safetensors"));
    this.#purpose = purpose;
  }

  /** Steps taken at the newest one that is surely on the disk; `undefined`: there is none. */
  get savedStep(): number | undefined {
    return this.#savedStep;
  }

  async save(checkpoint: Checkpoint): Promise<void> {
    await this.#files.write(await encodeCheckpoint(checkpoint, this.#purpose));
    this.#savedStep = checkpoint.state.step;
  }

  /**
   * The newest that is whole; nothing where none was taken yet. A damaged one is told of on stderr.
   *
   * @throws {DataError} when all there are are damaged, or are of another configuration or data
   */
  async newest(io: Io): Promise<Checkpoint | undefined> {
    const { newest, damaged } = await this.#files.find(
      decodeCheckpoint,
      ({ checkpoint }) => checkpoint.state.step,
    );
    for (const error of damaged) io.stderr.write(`warning: ${failureLine(error)}\n`);
    if (newest === undefined) {
      if (damaged.length === 0) return undefined;
      throw new DataError(
        `${damaged.length > 1 ? "both checkpoints" : "the only checkpoint"} of the run must be whole, got damaged ones; train anew`,
      );
    }
    const { checkpoint, purpose } = newest;
    const step = checkpoint.state.step;
    if (damaged.length > 0) {
      io.stderr.write(`warning: going on from the other checkpoint, of step ${step}\n`);
    }
    this.#expectPurpose(purpose);
    this.#savedStep = step;
    return checkpoint;
  }

  async remove(): Promise<void> {
    await this.#files.remove();
  }

  #expectPurpose({ config, data }: CheckpointPurpose): void {
    const changed = [
      ...(config === this.#purpose.config ? [] : ["the configuration"]),
      ...(data === this.#purpose.data ? [] : ["the data"]),
    ];
    if (changed.length === 0) return;
    throw new DataError(
      `${changed.join(" and ")} must be as when the checkpoint was written, got something else; put back what was changed, or train anew`,
    );
  }
}
