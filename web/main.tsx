import { render } from "preact";
import { Random } from "../src/base/index.js";
import { App } from "./app.js";
import { Ink, sampleDigit, writeOut } from "./ink/index.js";
import { pen } from "./pens.js";
import { LiveReading } from "./reader/index.js";
import { listenForShortcuts } from "./shortcuts.js";
import "./styles/theme.css";
import "./styles/page.css";
import "./styles/desk.css";
import "./styles/answer.css";

const ink = new Ink();
const reading = new LiveReading(ink.strokes);
const random = new Random(Date.now());
const writeSample = (digit: number): void =>
  writeOut(ink, sampleDigit(digit, pen.value.nib, random));

listenForShortcuts(ink);
render(<App ink={ink} reading={reading} writeSample={writeSample} />, document.body);
