/** Where values lie along one axis of a chart: 0 at its start, 1 at its end. */
export interface Axis {
  place(value: number): number;
  /** Values worth a line and a label, within the axis. */
  readonly ticks: readonly number[];
}

/** An even axis from a round number at or below `low` to one at or above `high`. */
export function linearAxis(low: number, high: number, ticksAbout: number): Axis {
  // Values that hardly differ get the span of their size.
  const size = Math.abs(high) || 1;
  const span = high - low > 1e-6 * size ? high - low : size;
  const step = niceStep(span / ticksAbout);
  // Multiples of the step by their number, so that 3 · 0.1 is not reached as 0.1 + 0.1 + 0.1.
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => roundTo(step, first + i));
  return { place: (value) => (value / step - first) / (last - first), ticks };
}

/** A logarithmic axis, for positive values at least a factor of 5 apart. */
export function logAxis(low: number, high: number): Axis {
  const ticks: number[] = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
    for (const mantissa of [1, 2, 5]) ticks.push(Number(`${mantissa}e${decade}`));
  }
  const first = ticks.findLastIndex((tick) => tick <= low);
  const last = ticks.findIndex((tick) => tick >= high);
  const from = Math.log(ticks[first]);
  const to = Math.log(ticks[last]);
  const shown = ticks.slice(first, last + 1);
  return {
    place: (value) => (Math.log(value) - from) / (to - from),
    // Over many decades the powers of ten alone say enough.
    ticks:
      shown.length > 8 ? shown.filter((tick) => /^1e|^0\.0*1$|^10*$/.test(String(tick))) : shown,
  };
}

/** An axis of whole numbers from 1 to `last`, such as epochs. */
export function countAxis(last: number, ticksAbout: number): Axis {
  const step = Math.max(1, niceStep(last / ticksAbout));
  const ticks = Array.from({ length: Math.floor(last / step) }, (_, i) => (i + 1) * step);
  return { place: (value) => (last === 1 ? 0.5 : (value - 1) / (last - 1)), ticks };
}

/** 1, 2 or 5 times a power of ten, the first at or above `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const mantissa = [1, 2, 5, 10].find((nice) => nice * power >= rough * (1 - 1e-9)) ?? 10;
  return mantissa * power;
}

/** `step · times` without the noise of binary fractions. */
function roundTo(step: number, times: number): number {
  return Number((step * times).toPrecision(12));
}
