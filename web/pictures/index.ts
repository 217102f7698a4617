export { type DecodedPicture, decodePicture } from "./decode-picture.js";
export { listenForPictures } from "./listen-for-pictures.js";
