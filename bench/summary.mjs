/** Figures of several runs as one result of the JSON file. */
export function summarize({ task, unit }, system, figures) {
  return {
    task,
    system,
    unit,
    median: median(figures),
    min: Math.min(...figures),
    max: Math.max(...figures),
    runs: figures.length,
  };
}

/** The middle one, or the mean of the two in the middle. */
export function median(figures) {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
