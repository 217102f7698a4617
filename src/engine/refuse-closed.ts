/** What a program does after its end when it is to run or to be viewed. */
export function refuseClosed(): never {
  throw new TypeError("program: must be open, got one that was closed; load its plan again");
}
