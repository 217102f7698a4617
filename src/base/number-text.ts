/** 0.97634 → `97.63 %`. What is not all is never called so: 0.99999 → `>99.99 %`. */
export function percent(share: number, digits = 2): string {
  const text = (share * 100).toFixed(digits);
  if (share >= 1 || Number(text) < 100) return `${text} %`;
  return `>${(100 - 10 ** -digits).toFixed(digits)} %`;
}

/** 41230 → `41,230`. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** 0.97634 → `97.6`: percent where the unit is told elsewhere. Not quite none is `<0.1`, not quite all `>99.9`. */
export function percentNumber(share: number): string {
  if (share === 0 || share === 1) return String(100 * share);
  if (share < 0.0005) return "<0.1";
  return share >= 0.9995 ? ">99.9" : (100 * share).toFixed(1);
}
