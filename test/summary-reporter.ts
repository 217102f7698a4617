import type { Reporter, TestModule } from "vitest/node";

/** Ends a test run with the plain line `N passed, N failed, N skipped`, for machines and hurried people. */
class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    let skipped = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        else skipped++;
      }
      if (!module.ok() && [...module.children.allTests("failed")].length === 0) failed++;
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}

// vitest loads reporters by their default export.
// biome-ignore lint/style/noDefaultExport: the reporter interface asks for one
export default SummaryReporter;
