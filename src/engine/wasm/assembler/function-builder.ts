import { type Bytes, joined, list, sized, unsigned } from "./encoding.js";
import {
  f32x4,
  type Index,
  i32,
  type Statement,
  toI32,
  typeCode,
  type V128,
  type Value,
  type ValueType,
} from "./opcodes.js";

/** A variable of a function; reading it is using it as a value. */
export interface Local<T extends ValueType = ValueType> extends Value<T> {
  readonly index: number;
}

/** A function that can be called: its number in the module and its type. */
export interface FunctionReference {
  readonly index: number;
  readonly parameters: readonly ValueType[];
}

/** Writes the body of one function, statement by statement. */
export class FunctionBuilder implements FunctionReference {
  readonly index: number;
  readonly parameters: readonly ValueType[];
  /** The parameters as variables. All are `i32`. */
  readonly arguments: readonly Local<"i32">[];
  readonly #fused: boolean;
  readonly #locals: ValueType[] = [];
  readonly #code: Bytes[] = [];

  /** @param fused - whether {@link madd} may round once */
  constructor(index: number, parameterCount: number, fused: boolean) {
    this.index = index;
    this.parameters = new Array<ValueType>(parameterCount).fill("i32");
    this.arguments = this.parameters.map((_, i) => local("i32", i));
    this.#fused = fused;
  }

  /** A new variable, 0 at the start of the function. */
  local<T extends ValueType>(type: T): Local<T> {
    this.#locals.push(type);
    return local(type, this.parameters.length + this.#locals.length - 1);
  }

  /** A new variable that holds `value` from here on. */
  let<T extends ValueType>(value: Value<T>): Local<T> {
    const added = this.local(value.type);
    this.set(added, value);
    return added;
  }

  set<T extends ValueType>(target: Local<T>, value: Value<T>): void {
    this.#append(value.code, [0x21], unsigned(target.index));
  }

  do(...statements: readonly Statement[]): void {
    for (const { code } of statements) this.#append(code);
  }

  call(called: FunctionReference, ...values: Index[]): void {
    if (values.length !== called.parameters.length) {
      throw new TypeError(
        `call: function takes ${called.parameters.length} arguments, got ${values.length}`,
      );
    }
    this.#append(...values.map((value) => toI32(value).code), [0x10], unsigned(called.index));
  }

  /** `a·b + c`: fused where the module may, else rounded after each operation. */
  madd(a: V128, b: V128, c: V128): V128 {
    return this.#fused ? f32x4.relaxedMadd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
  }

  if(condition: Value<"i32">, yes: () => void, no?: () => void): void {
    this.#append(condition.code, [0x04, 0x40]);
    yes();
    if (no !== undefined) {
      this.#append([0x05]);
      no();
    }
    this.#append([0x0b]);
  }

  /** Runs `body` again and again until the function returns. */
  forever(body: () => void): void {
    this.#append([0x03, 0x40]);
    body();
    this.#append([0x0c, 0x00, 0x0b, 0x00]);
  }

  /** Runs `body` at least once, and again as long as `condition` holds after it. */
  doWhile(body: () => void, condition: () => Value<"i32">): void {
    this.#append([0x03, 0x40]);
    body();
    this.#append(condition().code, [0x0d, 0x00, 0x0b]);
  }

  /** Runs `body` for `i` = begin, begin + step, … while `i < end`. */
  for(begin: Index, end: Index, step: number, body: (i: Local<"i32">) => void): void {
    const i = this.let(toI32(begin));
    // The end is looked at after each round, so it is computed once.
    const last = typeof end === "number" || "index" in end ? end : this.let(end);
    const loop = (): void => {
      this.doWhile(
        () => {
          body(i);
          this.set(i, i32.add(i, step));
        },
        () => i32.lt(i, last),
      );
    };
    if (typeof begin === "number" && typeof last === "number") {
      if (begin + step < last) loop();
      else if (begin < last) body(i);
    } else {
      this.if(i32.lt(i, last), loop);
    }
  }

  return(): void {
    this.#append([0x0f]);
  }

  /** The function as it stands in the code section. */
  encode(): number[] {
    const declarations = this.#locals.map((type) => [1, typeCode[type]]);
    return sized(joined([list(declarations), ...this.#code, [0x0b]]));
  }

  #append(...parts: Bytes[]): void {
    this.#code.push(...parts);
  }
}

function local<T extends ValueType>(type: T, index: number): Local<T> {
  return { type, index, code: [0x20, ...unsigned(index)] };
}
