import { median, summarize } from "./summary.mjs";
import { MeasuredSystem } from "./systems.mjs";

/**
 * Measures the systems run by run in turn, so that what else happens on the machine meets all of
 * them alike. Gives a row of the table a system.
 *
 * @param peaks - GFLOP/s by number of threads; the task `peak` adds to it
 */
export async function measureInTurn(task, systems, { runs, seconds, peaks }) {
  const rows = [];
  for (const { system, request, absent } of systems) {
    if (absent !== undefined) rows.push({ system, absent });
    else {
      const measured = new MeasuredSystem(system, request);
      rows.push({ system, request, measured, rates: [], ...(await measured.ready()) });
    }
  }
  for (let run = 0; run < runs; run++) {
    for (let i = 0; i < rows.length; i++) await measureOnce(rows[(i + run) % rows.length]);
  }
  for (const { measured } of rows) measured?.close();
  return rows.map(finished);

  async function measureOnce(row) {
    if (row.absent !== undefined) return;
    const { rate, accuracy, absent } = await row.measured.run(seconds);
    if (absent !== undefined) row.absent = absent;
    else row.rates.push(rate);
    if (accuracy !== undefined) (row.accuracies ??= []).push(accuracy);
  }

  function finished({ system, request, rates, note, absent, flops, accuracies, loadingS }) {
    if (absent !== undefined) return { system, absent };
    const result = summarize(task, system, rates.map(task.figure));
    if (task.kind === "peak") peaks.set(request.threads, result.median);
    const whole = loadingS && (result.median + loadingS).toFixed(2);
    const loading = loadingS && `${whole} s with loading the images, ${loadingS.toFixed(2)} s`;
    const notes = [accuracies && rightText(accuracies), loading, note].filter(Boolean);
    return { system, result, note: notes.join("; "), share: shareOfPeak() };

    /** Of the peak of as many threads, where both are known. */
    function shareOfPeak() {
      const peak = peaks.get(request.threads);
      if (!flops || peak === undefined) return undefined;
      return (flops * median(rates)) / 1e9 / peak;
    }
  }
}

/** Mean and range of what several trainings read rightly. */
function rightText(accuracies) {
  const mean = accuracies.reduce((sum, it) => sum + it, 0) / accuracies.length;
  const percent = (share) => (100 * share).toFixed(2);
  const range = `${percent(Math.min(...accuracies))} – ${percent(Math.max(...accuracies))}`;
  return `${percent(mean)} % right (${range})`;
}
