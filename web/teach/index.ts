export { Teach } from "./teach.js";
export { Teaching } from "./teaching.js";
