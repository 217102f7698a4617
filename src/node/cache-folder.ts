import { homedir } from "node:os";
import { join } from "node:path";

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder where downloads are kept between runs, by the custom of the system: `inkling` below
 * `$XDG_CACHE_HOME` if that is set, `%LOCALAPPDATA%` on Windows, `~/Library/Caches` on macOS and
 * `~/.cache` elsewhere. It need not exist.
 */
export function cacheFolder(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "inkling");
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === "win32") {
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "inkling");
  }
  if (platform === "darwin") return join(home, "Library", "Caches", "inkling");
  return join(home, ".cache", "inkling");
}
