import { joined, list, name, section, signed, unsigned } from "./encoding.js";
import { FunctionBuilder, type FunctionReference } from "./function-builder.js";
import type { I32, Statement } from "./opcodes.js";
import { typeCode } from "./opcodes.js";

/** A module's own variable, one per instance and so one per thread. */
export interface Global {
  readonly value: I32;
  set(value: I32): Statement;
}

/** The memory a module works in, imported as `engine.memory`; sizes in pages of 64 KiB. */
export interface MemoryType {
  readonly pages: number;
  readonly shared: boolean;
}

/**
 * Gathers functions and writes the binary format: magic, version, then the sections in order
 * (WebAssembly core specification 2.0, section 5.5).
 */
export class ModuleBuilder {
  readonly #functions: FunctionBuilder[] = [];
  readonly #known = new Map<string, FunctionBuilder>();
  readonly #exports: number[][] = [];
  readonly #fused: boolean;
  #globals = 0;

  /** @param fused - whether multiply-add may be one instruction of relaxed SIMD */
  constructor(fused: boolean) {
    this.#fused = fused;
  }

  /** A new function of `parameterCount` integers, written by `body`. */
  function(parameterCount: number, body: (f: FunctionBuilder) => void): FunctionReference {
    const added = new FunctionBuilder(this.#functions.length, parameterCount, this.#fused);
    this.#functions.push(added);
    body(added);
    return added;
  }

  /** The function written before under `key`, or else a new one. */
  shared(
    key: string,
    parameterCount: number,
    body: (f: FunctionBuilder) => void,
  ): FunctionReference {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const added = this.function(parameterCount, body) as FunctionBuilder;
    this.#known.set(key, added);
    return added;
  }

  /** A new integer variable, 0 at first. */
  global(): Global {
    const index = unsigned(this.#globals++);
    return {
      value: { type: "i32", code: [0x23, ...index] },
      set: (value) => ({ code: [...value.code, 0x24, ...index] }),
    };
  }

  export(exported: string, { index }: FunctionReference): void {
    this.#exports.push([...name(exported), 0x00, ...unsigned(index)]);
  }

  encode({ pages, shared }: MemoryType): Uint8Array<ArrayBuffer> {
    // Functions take only i32 and return nothing: the type is known by the number of parameters.
    const arities = [...new Set(this.#functions.map((f) => f.parameters.length))];
    const types = arities.map((arity) => [
      0x60,
      ...list(new Array(arity).fill([typeCode.i32])),
      ...list([]),
    ]);
    const limits = [shared ? 0x03 : 0x01, ...unsigned(pages), ...unsigned(pages)];
    const memory = [...name("engine"), ...name("memory"), 0x02, ...limits];
    const typeOf = (f: FunctionBuilder) => unsigned(arities.indexOf(f.parameters.length));
    const global = [typeCode.i32, 0x01, 0x41, ...signed(0), 0x0b];
    return new Uint8Array(
      joined([
        [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
        section(1, list(types)),
        section(2, list([memory])),
        section(3, list(this.#functions.map(typeOf))),
        section(6, list(new Array(this.#globals).fill(global))),
        section(7, list(this.#exports)),
        section(10, list(this.#functions.map((f) => f.encode()))),
      ]),
    );
  }
}
