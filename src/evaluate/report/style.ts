import { Markup } from "./html.js";

/** The look of a report; colours that hold their contrast in light, dark and print. */
export const reportStyle = new Markup(`<style>
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --ink: #16181d; --quiet: #5d636f; --line: #dfe1e6;
  --blue: #2a6fd0; --red: #d0402b; --orange: #c9590c; --green: #1c7d4d; --right: #2a6fd0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121417; --card: #1b1e23; --ink: #e9ebee; --quiet: #a0a7b4; --line: #30353d;
    --blue: #5b9bf0; --red: #f0705c; --orange: #f29a4e; --green: #58c78d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 0 0 12px; }
p { margin: 0 0 12px; }
.quiet { color: var(--quiet); font-size: 14px; }
header { margin-bottom: 20px; }
header p { margin: 4px 0 0; }
section, .headline > div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
section { padding: 20px; margin-top: 16px; }
.headline { display: grid; grid-template-columns: 2fr 1fr 1fr 1fr; gap: 12px; margin: 0; }
.headline > div { padding: 14px 18px; }
.headline dt { font-size: 14px; color: var(--quiet); }
.headline dd { margin: 0; font-size: 26px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.headline .main dd:first-of-type { color: var(--blue); font-size: 40px; line-height: 1.15; }
.headline dd.quiet { font-size: 13px; font-weight: 400; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
figure { margin: 0; min-width: 0; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; font-size: 14px; font-weight: 600; margin-bottom: 6px; }
.legend { display: flex; gap: 14px; font-weight: 400; color: var(--quiet); }
.key { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
.key.training { background: var(--blue); }
.key.validation { background: var(--orange); }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--line); stroke-width: 1; }
.tick { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
.value { fill: var(--ink); font-size: 12px; font-weight: 600; font-variant-numeric: tabular-nums; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.training { stroke: var(--blue); }
.line.validation { stroke: var(--orange); }
circle { stroke: var(--card); stroke-width: 1.5; }
circle.training { fill: var(--blue); }
circle.validation { fill: var(--orange); }
details { margin-top: 14px; }
summary { cursor: pointer; color: var(--quiet); font-size: 14px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.numbers { width: 100%; font-size: 15px; }
.numbers th, .numbers td { padding: 6px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
.numbers th:first-child { text-align: left; padding-left: 0; font-weight: 500; }
.numbers thead th { font-size: 13px; font-weight: 500; color: var(--quiet); }
.numbers tbody:last-child tr:last-child > *, .numbers tfoot tr:last-child > * { border-bottom: 0; }
.numbers tfoot { color: var(--quiet); }
abbr { text-decoration: none; }
.verdict { margin: 14px 0 0; padding-left: 12px; border-left: 3px solid var(--green); }
.verdict.over-fitting, .verdict.under-fitting { border-color: var(--orange); }
.confusion { width: 100%; font-size: 14px; border-collapse: separate; border-spacing: 2px; }
.confusion caption { caption-side: bottom; text-align: left; font-size: 14px; color: var(--quiet); padding-top: 10px; }
.confusion th { color: var(--quiet); font-weight: 600; padding: 4px 8px; }
.confusion td { min-width: 36px; height: 40px; text-align: center; border-radius: 4px; padding: 2px 4px; }
.confusion .zero { color: color-mix(in srgb, var(--quiet) 55%, transparent); }
.confusion .right { background: color-mix(in srgb, var(--right) var(--share), transparent); }
.confusion .wrong { background: color-mix(in srgb, var(--red) var(--share), transparent); }
.confusion .strong { color: #ffffff; font-weight: 600; }
.many { border-spacing: 1px; table-layout: fixed; }
.many th { font-size: 10px; padding: 0 2px; }
.many td { min-width: 9px; height: 12px; padding: 0; font-size: 0; border-radius: 1px; }
.mistakes { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); }
.mistakes li { border: 1px solid var(--line); border-radius: 8px; padding: 10px; text-align: center; }
.mistakes img { image-rendering: pixelated; border-radius: 4px; border: 1px solid var(--line); }
.mistakes p { margin: 6px 0 0; line-height: 1.3; }
.mistakes p.quiet { margin: 2px 0 0; font-size: 12px; }
.is { color: var(--green); }
.said { color: var(--red); }
.configuration { display: grid; grid-template-columns: 1fr 1fr; gap: 0 32px; margin: 0; font-size: 15px; }
.configuration > div { display: flex; justify-content: space-between; gap: 16px; padding: 5px 0; border-bottom: 1px solid var(--line); }
.configuration dt { color: var(--quiet); white-space: nowrap; }
.configuration dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main { padding: 20px 12px 40px; }
  section { padding: 16px 14px; }
  .headline { grid-template-columns: 1fr 1fr 1fr; }
  .headline .main { grid-column: 1 / -1; }
  .headline > div { padding: 12px; }
  .headline dd { font-size: 20px; }
  .charts, .configuration { grid-template-columns: 1fr; }
  .mistakes { grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 8px; }
  .mistakes li { padding: 8px 4px; }
  .numbers { font-size: 13px; }
  .numbers th, .numbers td { padding: 5px 4px; }
  .numbers thead th { font-size: 11px; }
  .numbers th:first-child { white-space: normal; }
  .confusion:not(.many) { font-size: 11px; border-spacing: 1px; }
  .confusion:not(.many) th { padding: 2px 3px; }
  .confusion:not(.many) td { min-width: 26px; height: 28px; padding: 1px; }
}
@media print {
  body { background: none; }
  main { max-width: none; padding: 0; }
  section, .headline > div, figure, .mistakes li { break-inside: avoid; }
  td, .key, circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>`);
