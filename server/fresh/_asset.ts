import { buildId } from "./_build_id.ts";

/** The search parameter that names the build a URL belongs to. */
export const BUILD_PARAMETER = "__frsh_c";

/**
 * The URL of a static file, good for as long as this build is: browsers may
 * keep what it gives for a year.
 *
 * @param path the file's path, from the root; anything else stays as it is
 *
 * @example
 * ```ts
 * import { asset } from "fresh/runtime";
 * import assert from "node:assert/strict";
 *
 * assert.match(asset("/styles.css"), /^\/styles\.css\?__frsh_c=/);
 * assert.equal(asset("https://example.com/a.css"), "https://example.com/a.css");
 * ```
 */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const url = URL.parse(path, "http://assets.invalid");
  if (
    url === null || url.host !== "assets.invalid" ||
    url.searchParams.has(BUILD_PARAMETER)
  ) {
    return path;
  }
  url.searchParams.set(BUILD_PARAMETER, buildId());
  return url.pathname + url.search + url.hash;
}

/**
 * Applies {@linkcode asset} to every URL of a `srcset`.
 *
 * @param srcset the attribute's value
 *
 * @example
 * ```ts
 * import { assetSrcSet } from "fresh/runtime";
 * import assert from "node:assert/strict";
 *
 * assert.match(assetSrcSet("/a.png 2x"), /^\/a\.png\?__frsh_c=\S* 2x$/);
 * ```
 */
export function assetSrcSet(srcset: string): string {
  const candidates = srcset.split(",");
  // A URL may hold a comma only in parentheses, which Fresh leaves alone too.
  if (srcset.includes("(") || candidates.some((text) => text.trim() === "")) {
    return srcset;
  }
  return candidates
    .map((text) => text.replace(/\S+/, (url) => asset(url)))
    .join(",");
}
