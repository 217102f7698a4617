/** `99.42 %`; with `digits` decimals, 2 if not said. */
export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)}\u202f%`;
}

/** A loss: enough digits to tell small ones apart, `0.0153`, `2.303`. */
export function lossText(loss: number): string {
  if (loss !== 0 && Math.abs(loss) < 0.001) return loss.toExponential(2);
  return Math.abs(loss) < 1 ? loss.toFixed(4) : loss.toFixed(3);
}

/** `60,000` */
export function count(n: number): string {
  return n.toLocaleString("en-US");
}

/** `42 s`, `3 min 20 s`, `1 h 5 min` */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
