export { type App, type AppOptions, startApp } from "./start-app.js";
