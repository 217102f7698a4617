// Measures how models learn another hand or other characters, and writes the part on it of docs/results.md:
// npm run bench:adapt -- --help
import { adaptingDocument } from "./adapting/document.mjs";
import { measureTransfer } from "./adapting/transfer.mjs";
import { measureWriters } from "./adapting/writers.mjs";
import { measureCampaign, optionsHelp } from "./results/measure-campaign.mjs";

const help = `npm run bench:adapt -- [options]

Adapts the bundled models to other characters and to single writers of unipen, and writes what they read then into
docs/results.md.

  --only <part>        transfer or writers; may be given again (default: both)
${optionsHelp("adapting")}`;

await measureCampaign({
  script: "adapt-tables",
  help,
  writes: "hands",
  figures: "adapting",
  parts: { transfer: measureTransfer, writers: measureWriters },
  document: adaptingDocument,
});
