const WIDTH = 640;
const HEIGHT = 360;
const PLOT = { left: 56, right: 520, top: 16, bottom: 316 };
/** Told apart without colours too, by the names at the ends of the lines. */
const COLOURS = ["#2a6fbb", "#c8641e", "#2e8b57", "#7a4fa3"];

/**
 * Lines over epochs as an SVG picture that stands alone; values are shares, drawn from 0.
 *
 * @param lines - `{ name, values, dashed }`, a value an epoch; those of one name share a colour
 */
export function curvesSvg(lines, { title, top }) {
  const epochs = Math.max(...lines.map(({ values }) => values.length));
  const x = (epoch) =>
    rounded(PLOT.left + ((epoch - 1) / Math.max(1, epochs - 1)) * (PLOT.right - PLOT.left));
  const y = (share) =>
    rounded(PLOT.bottom - (Math.min(share, top) / top) * (PLOT.bottom - PLOT.top));
  const names = [...new Set(lines.map(({ name }) => name))];
  const colourOf = (name) => COLOURS[names.indexOf(name) % COLOURS.length];
  const shares = [0, 1, 2, 3, 4].map((step) => (step * top) / 4);
  const marks = [1, ...[1, 2, 3, 4].map((step) => Math.round((step * epochs) / 4))];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">
<title>${title}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${shares.map((share) => `<path d="M${PLOT.left} ${y(share)}H${PLOT.right}" stroke="#ddd"/><text x="${PLOT.left - 8}" y="${y(share) + 4}" text-anchor="end">${(100 * share).toFixed(0)} %</text>`).join("\n")}
${[...new Set(marks)].map((epoch) => `<text x="${x(epoch)}" y="${PLOT.bottom + 18}" text-anchor="middle">${epoch}</text>`).join("\n")}
<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">epoch</text>
${lines.map(({ name, values, dashed }) => `<polyline fill="none" stroke="${colourOf(name)}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ""} points="${values.map((share, i) => `${x(i + 1)},${y(share)}`).join(" ")}"/>`).join("\n")}
${names.map((name, i) => `<text x="${PLOT.right + 12}" y="${PLOT.top + 16 + 20 * i}" fill="${colourOf(name)}">${name}</text>`).join("\n")}
</svg>
`;
}

function rounded(value) {
  return Math.round(value * 10) / 10;
}
