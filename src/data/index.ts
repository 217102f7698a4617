export { imagesFromArrays } from "./arrays/images-from-arrays.js";
export type { NumberArray, NumericArray } from "./arrays/numeric-array.js";
export { labelsFor, pairArrays } from "./arrays/pair-arrays.js";
export { type NamedArrays, setFromArrays } from "./arrays/set-from-arrays.js";
export { assembleDataSet, filesOf } from "./assemble-data-set.js";
export {
  type Augmentation,
  lightAugmentation,
  strongAugmentation,
} from "./augmentation/augmentation.js";
export { Augmenter } from "./augmentation/augmenter.js";
export {
  type CatalogEntry,
  dataSetCatalog,
  type IdxPair,
  type IdxSet,
  type Origin,
  type PublicFile,
  publicFilesOf,
  type SheetLayout,
} from "./catalog.js";
export { contactSheet } from "./contact-sheet.js";
export type { GreyPicture } from "./draw-image.js";
export { type IdxArray, parseIdx } from "./idx.js";
export { isTransposed, polarityOfSet } from "./image-conventions.js";
export {
  countsPerClass,
  type DataFile,
  type DataSet,
  type ImageFraming,
  type ImageSet,
  imageAt,
  valueRange,
} from "./image-set.js";
export { imagesFromIdx } from "./images-from-idx.js";
export { gunzip, inflate, isGzip } from "./inflate.js";
export { type Fold, type FoldOptions, kFolds } from "./k-folds.js";
export {
  DEFAULT_LEAK_THRESHOLD,
  findLeaks,
  type Leak,
  type LeakOptions,
} from "./leaks/find-leaks.js";
export { leakSheet } from "./leaks/leak-sheet.js";
export { readMat } from "./mat/read-mat.js";
export { parseNpy } from "./npy/parse-npy.js";
export { openNpz } from "./npy/read-npz.js";
export { openParquet, type ParquetFile } from "./parquet/open-parquet.js";
export { openParquetImages, type ParquetImages } from "./parquet/parquet-images.js";
export { type PictureDecoder, type Pixels, setFromParquet } from "./parquet/set-from-parquet.js";
export { parseWriters } from "./parse-writers.js";
export type { Picture } from "./picture.js";
export { type Box, lengthOf, type Plane } from "./plane.js";
export { encodePng } from "./png.js";
export type { PrepareNotes } from "./prepare/frame.js";
export {
  isImageStep,
  parseSteps,
  type StepRequest,
  type TableRequest,
} from "./prepare/parse-steps.js";
export { prepareImages } from "./prepare/prepare-images.js";
export { fitPreparation, prepareTable } from "./prepare/prepare-table.js";
export { readIdx } from "./read-idx.js";
export { type Cells, resample } from "./resample.js";
export {
  type FeatureSet,
  isImageSet,
  type SampleSet,
  sampleShape,
  subset,
  writeSamples,
} from "./sample-set.js";
export { drawScene } from "./scenes/draw-scene.js";
export { parseStrokes } from "./scenes/parse-strokes.js";
export { type Scene, type SceneKind, sceneKinds } from "./scenes/scene.js";
export type { StrokeGlyph } from "./scenes/stroke-glyph.js";
export { syntheticGlyph } from "./scenes/synthetic-glyph.js";
export { sha256 } from "./sha256.js";
export { cutSheet, splitSheet } from "./sheet.js";
export { splitStratified } from "./split-stratified.js";
export { type Selection, selectImages, selections } from "./strokes/class-selection.js";
export { joinImages } from "./strokes/join-images.js";
export {
  isForeign,
  lookAlikes,
  type NotCharacterKind,
  notCharacterKinds,
  notCharacters,
} from "./strokes/not-characters.js";
export { type MixturePart, type MixtureRequest, parseMixture } from "./strokes/parse-mixture.js";
export { redraw } from "./strokes/redraw.js";
export { type Alphabet, synthetic } from "./synthetic/synthetic.js";
export { type ColumnSummary, describeColumns } from "./table/describe-columns.js";
export { hasLabels, isColumnNumber, type LabelOptions, labelTable } from "./table/label-table.js";
export { readTable } from "./table/read-table.js";
export type { Column, Table, TableSet } from "./table/table.js";
export type { RawTable } from "./table/table-builder.js";
export { transposeImages } from "./transpose-images.js";
export { writePixels } from "./write-pixels.js";
export {
  type ByteSource,
  byteSource,
  readZipDirectory,
  readZipMember,
  type ZipMember,
} from "./zip.js";
