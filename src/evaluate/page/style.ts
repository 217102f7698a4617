import { Markup } from "./html.js";

/** The look of a page; colours that hold their contrast in light, dark and print. */
export const reportStyle = new Markup(`<style>
:root {
  color-scheme: light dark;
  --page: #f6f6f3; --card: #ffffff; --ink: #16181d; --quiet: #5b616d; --line: #e2e3e7; --soft: #f1f2f4; --shade: rgb(0 0 0 / 0.13);
  --blue: #1f63c4; --red: #c2341f; --orange: #b9500a; --green: #17703f;
  --right: #2a6fd0; --wrong: #e0523c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #121417; --card: #1b1e23; --ink: #e9ebee; --quiet: #a3abb8; --line: #30353d; --soft: #24282f; --shade: rgb(0 0 0 / 0.6);
    --blue: #6ea8f5; --red: #f58470; --orange: #f0a05c; --green: #63cd95;
    --right: #2f6fca; --wrong: #b8412c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
body > header, main { max-width: 1000px; margin: 0 auto; padding: 0 24px; }
body > header { padding-top: 40px; padding-bottom: 20px; }
main { padding-bottom: 72px; }
h1 { font-size: 32px; line-height: 1.2; margin: 0; letter-spacing: -0.02em; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 1.3; margin: 0 0 14px; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 15px; margin: 28px 0 6px; font-weight: 600; }
h3:first-child { margin-top: 0; }
p { margin: 0 0 12px; }
a { color: var(--blue); }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.quiet { color: var(--quiet); font-size: 14px; }
.note { margin: 6px 0 0; font-size: 14px; }
header p { margin: 6px 0 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 20px 0 0; padding: 0; font-size: 14px; }
nav a { display: inline-block; padding: 3px 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
section, .headline > div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
section { padding: 24px; margin-top: 16px; scroll-margin-top: 12px; }
.headline { display: grid; grid-template-columns: 2fr 1fr 1fr 1fr; gap: 12px; margin: 0; }
.headline > div { padding: 16px 20px; }
.headline dt { font-size: 14px; color: var(--quiet); }
.headline dd { margin: 0; font-size: 26px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.headline .main dd:first-of-type { color: var(--blue); font-size: 42px; line-height: 1.15; letter-spacing: -0.02em; }
.headline dd.quiet { font-size: 13px; font-weight: 400; letter-spacing: 0; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 28px; }
.charts + .charts { margin-top: 28px; }
.scroll + .configuration { margin-top: 24px; }
figure { margin: 0; min-width: 0; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; font-size: 14px; font-weight: 600; margin-bottom: 8px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; font-weight: 400; color: var(--quiet); }
.key { display: inline-block; width: 16px; height: 0; border-top: 3px solid; margin-right: 6px; vertical-align: middle; }
.key.dashed { border-top-style: dotted; }
.key.blue { border-color: var(--blue); } .key.orange { border-color: var(--orange); }
.key.green { border-color: var(--green); } .key.quiet { border-color: var(--quiet); }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--line); stroke-width: 1; }
.tick { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
.value { fill: var(--ink); font-size: 12px; font-weight: 600; font-variant-numeric: tabular-nums; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.dashed { stroke-dasharray: 1 5; stroke-width: 2.5; }
.line.blue { stroke: var(--blue); } .line.orange { stroke: var(--orange); }
.line.green { stroke: var(--green); } .line.quiet { stroke: var(--quiet); stroke-width: 1; }
circle { stroke: var(--card); stroke-width: 1.5; }
circle.blue { fill: var(--blue); } circle.orange { fill: var(--orange); }
circle.green { fill: var(--green); } circle.quiet { fill: var(--quiet); }
.spread { stroke-width: 1.5; opacity: 0.55; }
.spread.blue { stroke: var(--blue); }
details { margin-top: 18px; }
summary { cursor: pointer; color: var(--quiet); font-size: 14px; padding: 2px 0; }
.scroll { overflow-x: auto; background:
  linear-gradient(90deg, var(--card) 40%, transparent) 0 0 / 36px 100% no-repeat local,
  linear-gradient(270deg, var(--card) 40%, transparent) 100% 0 / 36px 100% no-repeat local,
  linear-gradient(90deg, var(--shade), transparent) 0 0 / 12px 100% no-repeat scroll,
  linear-gradient(270deg, var(--shade), transparent) 100% 0 / 12px 100% no-repeat scroll; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.numbers { width: 100%; font-size: 15px; }
.numbers th, .numbers td { padding: 7px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
.numbers .text { text-align: left; }
.numbers th:first-child { text-align: left; padding-left: 0; font-weight: 500; }
.numbers > * > tr > :last-child { padding-right: 0; }
.numbers thead th { font-size: 13px; font-weight: 500; color: var(--quiet); }
.numbers tbody:last-child tr:last-child > *, .numbers tfoot tr:last-child > * { border-bottom: 0; }
.numbers tfoot { color: var(--quiet); }
abbr { text-decoration: none; }
.verdict { margin: 16px 0 0; padding-left: 14px; border-left: 3px solid var(--green); }
.verdict.over-fitting, .verdict.under-fitting { border-color: var(--orange); }
button { font: inherit; color: inherit; cursor: pointer; background: none; border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; }
button:hover { background: var(--soft); }
.confusion { width: 100%; font-size: 14px; border-collapse: separate; border-spacing: 2px; table-layout: fixed; }
.confusion caption { caption-side: bottom; text-align: left; font-size: 14px; color: var(--quiet); padding-top: 10px; }
.confusion th { color: var(--quiet); font-weight: 600; padding: 4px 2px; overflow: hidden; text-overflow: ellipsis; }
.confusion tr > :first-child { width: max(44px, calc(var(--label) * 0.62em + 8px)); }
.confusion td { height: 40px; text-align: center; border-radius: 5px; padding: 0; }
.confusion td button { display: block; width: 100%; height: 100%; min-height: 40px; border: 0; border-radius: 5px; padding: 0; background: none; }
.confusion td button:hover { box-shadow: inset 0 0 0 2px var(--ink); }
.confusion .zero { color: var(--quiet); background: var(--soft); }
.confusion .right { background: color-mix(in srgb, var(--right) var(--share), var(--soft)); }
.confusion .wrong { background: color-mix(in srgb, var(--wrong) var(--share), var(--soft)); }
.confusion .strong { color: #ffffff; font-weight: 600; }
.many { border-spacing: 1px; }
.many th { font-size: 10px; padding: 0; }
.many td { height: 12px; font-size: 0; border-radius: 1px; }
.pairs { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; margin: 10px 0 0; padding: 0; font-size: 14px; }
.pairs li > span { display: inline-block; border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; }
.images { list-style: none; margin: 0; padding: 0; display: grid; gap: 10px; grid-template-columns: repeat(auto-fill, minmax(106px, 1fr)); }
.images li { border: 1px solid var(--line); border-radius: 8px; padding: 10px 6px; text-align: center; font-size: 14px; line-height: 1.3; }
.images p { margin: 6px 0 0; overflow-wrap: anywhere; }
.images p.quiet { margin: 3px 0 0; font-size: 12px; }
.tile { display: block; margin: 0 auto; image-rendering: pixelated; border-radius: 4px; outline: 1px solid var(--line); }
.images.wide { grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
.images dl { margin: 6px 4px 0; font-size: 13px; }
.images dl > div { display: flex; justify-content: space-between; gap: 8px; }
.images dt { color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.images dd { margin: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
.sentences { margin: 4px 0 0; padding-left: 20px; }
.sentences li { margin-bottom: 4px; }
.fine { margin: 20px 0 0; font-size: 13px; }
.heat { width: 100%; font-size: 13px; border-collapse: separate; border-spacing: 3px; }
.heat th { font-weight: 500; color: var(--quiet); padding: 2px 4px; }
.heat th:first-child { text-align: left; }
.heat tbody th { color: var(--ink); font-weight: 600; min-width: 120px; max-width: 160px; vertical-align: top; padding-top: 10px; }
.heat th .quiet { display: block; font-weight: 400; font-size: 12px; line-height: 1.35; }
.heat td { text-align: center; padding: 6px 2px; vertical-align: bottom; max-width: 140px; }
.heat td > .quiet { display: block; font-size: 12px; padding: 2px 0; }
.share { display: flex; justify-content: space-between; gap: 6px; padding: 2px 6px; margin-top: 2px; border-radius: 4px; white-space: nowrap;
  background: linear-gradient(90deg, color-mix(in srgb, var(--right) 30%, var(--soft)) var(--share), var(--soft) var(--share)); }
.share span { overflow: hidden; text-overflow: ellipsis; }
.is { color: var(--green); }
.wrong .said, .pairs .said { color: var(--red); }
.right .said { color: var(--green); }
.behind { width: min(760px, calc(100vw - 32px)); max-height: calc(100vh - 64px); overflow: auto; padding: 20px 24px 24px;
  background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 12px 48px rgb(0 0 0 / 0.28); }
.behind::backdrop { background: rgb(0 0 0 / 0.35); }
.bar { display: flex; align-items: center; justify-content: space-between; gap: 16px; margin-bottom: 6px; }
.bar h3 { margin: 0; }
.units { list-style: none; margin: 14px 0 0; padding: 0; display: grid; gap: 10px 8px; grid-template-columns: repeat(auto-fill, minmax(72px, 1fr)); }
.units li { text-align: center; font-size: 12px; color: var(--quiet); line-height: 1.3; }
.units img { display: block; margin: 0 auto 3px; image-rendering: pixelated; border-radius: 4px; outline: 1px solid var(--line); max-width: 100%; height: auto; }
.scale { display: flex; align-items: center; gap: 10px; font-size: 13px; color: var(--quiet); font-variant-numeric: tabular-nums; }
.scale i { width: 180px; height: 10px; border-radius: 5px; outline: 1px solid var(--line); }
.configuration { display: grid; grid-template-columns: 1fr 1fr; gap: 0 40px; margin: 0; font-size: 15px; }
.configuration > div { display: flex; justify-content: space-between; gap: 16px; padding: 6px 0; border-bottom: 1px solid var(--line); }
.configuration dt { color: var(--quiet); white-space: nowrap; }
.configuration dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  body > header, main { padding-left: 12px; padding-right: 12px; }
  body > header { padding-top: 24px; padding-bottom: 16px; }
  h1 { font-size: 26px; }
  section { padding: 18px 14px; border-radius: 10px; }
  .headline { grid-template-columns: 1fr 1fr 1fr; gap: 8px; }
  .headline .main { grid-column: 1 / -1; }
  .headline > div { padding: 12px; }
  .headline dd { font-size: 20px; }
  .charts, .configuration { grid-template-columns: 1fr; }
  .tick, .value { font-size: 14px; }
  .scroll > svg { min-width: 680px; }
  .images { grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: 8px; }
  .numbers { font-size: 13px; }
  .numbers th, .numbers td { padding: 6px 4px; }
  .numbers thead th { font-size: 11px; }
  .numbers th:first-child { white-space: normal; }
  .confusion:not(.many) { font-size: 10px; border-spacing: 1px; }
  .confusion:not(.many) td { letter-spacing: -0.03em; }
  .confusion tr > :first-child { width: calc(var(--label) * 0.62em + 10px); }
  .confusion:not(.many) td, .confusion:not(.many) td button { height: 30px; min-height: 30px; border-radius: 3px; }
  .behind { padding: 16px 14px; }
}
@media print {
  :root { --page: #ffffff; }
  body { font-size: 11pt; }
  body > header, main { max-width: none; padding: 0; }
  nav, details:not([open]) { display: none; }
  section, .headline > div { border-color: #c8cad0; }
  section { padding: 14pt; }
  h2, h3, h3 + p, caption { break-after: avoid; }
  p { break-inside: avoid; }
  .headline, .scroll, figure, tr, .images li, .units li, .verdict, .sentences { break-inside: avoid; }
  .scroll { overflow: visible; background: none; }
  .scroll:has(.heat) { break-inside: auto; }
  .numbers { font-size: 9pt; }
  .numbers th, .numbers td { padding: 4pt 5pt; }
  /* A foot would be repeated on every page. */
  tfoot { display: table-row-group; }
  .images { grid-template-columns: repeat(6, 1fr); }
  td, .key, .tile, .scale i, .share { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>`);
