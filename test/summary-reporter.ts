import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Ends a test run with the tests that were skipped, and the plain line `N passed, N failed, N skipped`,
 * for machines and hurried people. Why a test is skipped is in its name, or was noted when it skipped.
 */
class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        else skipped.push(`skipped: ${module.relativeModuleId} > ${test.fullName}${noteOf(test)}`);
      }
      if (!module.ok() && [...module.children.allTests("failed")].length === 0) failed++;
    }
    const list = skipped.map((line) => `${line}\n`).join("");
    process.stdout.write(
      `\n${list}${passed} passed, ${failed} failed, ${skipped.length} skipped\n`,
    );
  }
}

function noteOf(test: TestCase): string {
  const result = test.result();
  return result.state === "skipped" && result.note ? ` (${result.note})` : "";
}

// vitest loads reporters by their default export.
// biome-ignore lint/style/noDefaultExport: the reporter interface asks for one
export default SummaryReporter;
