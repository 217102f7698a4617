import { resolve } from "node:path";

/** What looks like a path is meant from `cwd`; a bare name is a bundled model's. */
export function modelPath(model: string, cwd: string): string {
  return /^[\w-]+$/.test(model) ? model : resolve(cwd, model);
}
