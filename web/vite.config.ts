import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses: the built folder works wherever it is put.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: { outDir: "../dist/web", emptyOutDir: true },
});
