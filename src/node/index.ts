export { cacheFolder, type Environment } from "./cache-folder.js";
export { type LoadDataSetOptions, loadDataSet } from "./load-data-set.js";
export { writeFileAtomic } from "./write-file-atomic.js";
