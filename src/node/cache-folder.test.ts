import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder } from "./cache-folder.js";

describe("cacheFolder", () => {
  it.each([
    ["linux", { HOME: "/home/a" }, join("/home/a", ".cache", "inkling")],
    ["linux", { HOME: "/home/a", XDG_CACHE_HOME: "/fast" }, join("/fast", "inkling")],
    ["darwin", { HOME: "/Users/a" }, join("/Users/a", "Library", "Caches", "inkling")],
    ["win32", { LOCALAPPDATA: "/local" }, join("/local", "inkling")],
    ["win32", { USERPROFILE: "/a" }, join("/a", "AppData", "Local", "inkling")],
    ["linux", {}, join(homedir(), ".cache", "inkling")],
  ] as const)("follows the custom of %s with %o", (platform, env, expected) => {
    expect(cacheFolder(env, platform)).toBe(expected);
  });
});
