import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

/** Campaigns of many minutes, run by `npm run test:long` and by nothing else. */
const LONG = "**/*.long.test.ts";

export default defineConfig(({ mode }) => ({
  resolve: {
    // The examples import the package by its name; tests run them on the source.
    alias: [
      { find: /^inkling$/, replacement: source("index.ts") },
      { find: /^inkling\/(\w+)$/, replacement: source("$1/index.ts") },
    ],
  },
  test: {
    include: mode === "long" ? [LONG] : ["{src,test,web}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...(mode === "long" ? [] : [LONG])],
    testTimeout: mode === "long" ? 3_600_000 : 60_000,
    hookTimeout: 120_000,
    reporters: ["default", "./test/summary-reporter.ts"],
  },
}));
