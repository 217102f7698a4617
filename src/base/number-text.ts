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
