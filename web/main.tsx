import { computed } from "@preact/signals";
import { render } from "preact";
import { Random } from "../src/base/index.js";
import { App } from "./app.js";
import { Desk } from "./desk.js";
import { sampleDigit, writeOut } from "./ink/index.js";
import { pen } from "./pens.js";
import { listenForPictures } from "./pictures/index.js";
import { LiveReading, type ReadRequest } from "./reader/index.js";
import { chooseModel, explaining, maxError, model, models } from "./settings.js";
import { listenForShortcuts } from "./shortcuts.js";
import { Teaching } from "./teach/index.js";
import "./styles/theme.css";
import "./styles/page.css";
import "./styles/desk.css";
import "./styles/answer.css";
import "./styles/pictures.css";
import "./styles/teach.css";

const desk = new Desk();
const wanted = computed<ReadRequest>(() => ({
  subject: desk.subject.value,
  model: model.value,
  explain: explaining.value,
  ...(maxError.value !== undefined && { maxError: maxError.value }),
}));
const reading = new LiveReading(wanted);
const teaching = new Teaching({ models, model, chooseModel });
const random = new Random(Date.now());
const writeSample = (digit: number): void => {
  desk.picture.value = undefined;
  writeOut(desk.ink, sampleDigit(digit, pen.value.nib, random));
};

listenForShortcuts(desk);
listenForPictures((file) => {
  desk.picture.value = file;
});
render(<App {...{ desk, reading, teaching, writeSample }} />, document.body);
