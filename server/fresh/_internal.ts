/**
 * What the generated `_fresh/server.js` needs. Not for use by an app.
 *
 * @module
 */

export { setBuildCache } from "./app.ts";
export { restoreBuild } from "./_restore_build.ts";
