export { cacheFolder, type Environment } from "./cache-folder.js";
export type { DownloadProgress } from "./download.js";
export { FileGenerations, type FoundGenerations } from "./file-generations.js";
export { isFolder, isPictureName, listFolder, naturalOrder } from "./list-folder.js";
export { type LoadDataSetOptions, loadDataSet } from "./load-data-set.js";
export { bundledModels, loadAnyModel, loadModel } from "./load-model.js";
export { loadPicture, pictureSize } from "./load-picture.js";
export { loadPictureFolder, type PictureFolder } from "./load-picture-folder.js";
export { loadStrokes } from "./load-strokes.js";
export { isImageData, isTableName, loadTableImages, loadTables } from "./load-tables.js";
export {
  type DataSetLocation,
  dataSetsIn,
  isFile,
  type LocateOptions,
  locateDataSet,
} from "./locate-data-set.js";
export { saveModel } from "./save-model.js";
export { encodeScene, scenePicture } from "./scene-picture.js";
export { type EncodedScene, sceneSheet } from "./scene-sheet.js";
export { enableRelaxedSimd, threadHost } from "./thread-host.js";
export { sweepDrafts, unwritable, writeFileAtomic } from "./write-file-atomic.js";
