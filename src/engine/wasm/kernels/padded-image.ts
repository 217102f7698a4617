import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import { type I32, i32 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { type Convolution, emitPadding } from "./patches.js";

/** Offset of scratch for an image with its padding; none is needed where there is no padding. */
export function paddingScratch(emitter: ProgramEmitter, shape: Convolution): number | undefined {
  const { padding, paddedWords } = shape;
  return padding.some((pixels) => pixels > 0) ? emitter.threadScratch(paddedWords) : undefined;
}

/** Address of an image, of its padded copy where it has padding. */
export function stageImage(
  f: FunctionBuilder,
  shape: Convolution,
  image: {
    readonly address: number;
    readonly index: I32;
    readonly scratch: I32;
    readonly padded: number | undefined;
  },
): Local<"i32"> {
  const { h, w, cin } = shape;
  const plain = f.let(i32.add(i32.mul(image.index, 4 * h * w * cin), image.address));
  if (image.padded === undefined) return plain;
  const copy = f.let(i32.add(image.scratch, image.padded));
  emitPadding(f, shape, plain, copy);
  return copy;
}
