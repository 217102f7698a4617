import type { Step } from "../../plan.js";
import type { ProgramEmitter } from "../program-emitter.js";

/** Adds the phases of a step to the program. Writes every element of the step's output. */
export type Kernel = (emitter: ProgramEmitter, step: Step) => void;
