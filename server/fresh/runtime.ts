/**
 * What components use on the server and in the browser.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { headSink } from "./_head_sink.ts";

export { asset, assetSrcSet } from "./_asset.ts";
export { HttpError } from "./http_error.ts";

/**
 * Whether this code runs in a browser.
 *
 * @example
 * ```ts
 * import { IS_BROWSER } from "fresh/runtime";
 * import assert from "node:assert/strict";
 *
 * assert.equal(IS_BROWSER, false);
 * ```
 */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/** What {@linkcode Head} takes. */
export interface HeadProps {
  /** Elements for the document's `<head>`. */
  children?: ComponentChildren;
}

/**
 * Puts elements into the document's `<head>` from anywhere in a page. A
 * `<title>`, and an element with the key of one before it, takes its place.
 *
 * @example
 * ```tsx
 * import { Head } from "fresh/runtime";
 *
 * function Page() {
 *   return <Head><title>Flags</title></Head>;
 * }
 * ```
 */
export function Head(props: HeadProps): null {
  headSink()?.(props.children);
  return null;
}
