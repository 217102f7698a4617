// Measures the bundled models on everything there is to read, and writes the part on reading of docs/results.md:
// npm run bench:reading -- --help
import { measureAccuracy } from "./reading/accuracy.mjs";
import { readingDocument } from "./reading/document.mjs";
import { measureRefusals } from "./reading/refusals.mjs";
import { measureScenes } from "./reading/scenes.mjs";
import { measureSources } from "./reading/sources.mjs";
import { measureViews } from "./reading/views.mjs";
import { measureWear } from "./reading/wear.mjs";
import { measureCampaign, optionsHelp } from "./results/measure-campaign.mjs";

const help = `npm run bench:reading -- [options]

Measures the bundled models on the test sets in the data folder and writes what they read into docs/results.md.

  --scenes <n>         pictures to draw and read (default: 2000)
  --only <part>        accuracy, refusals, wear, views, scenes or sources; may be given again (default: all)
${optionsHelp("reading")}
sources trains a small network on one source and measures it on another, both ways: some minutes.
`;

await measureCampaign({
  script: "bench-reading",
  help,
  options: { scenes: { type: "string", default: "2000" } },
  writes: "reading",
  figures: "reading",
  parts: {
    accuracy: measureAccuracy,
    refusals: measureRefusals,
    wear: measureWear,
    views: measureViews,
    scenes: measureScenes,
    sources: measureSources,
  },
  document: readingDocument,
});
