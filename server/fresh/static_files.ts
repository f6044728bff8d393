import { BUILD_PARAMETER } from "./_asset.ts";
import type { StaticFile } from "./_build_cache.ts";
import { buildCacheOf, type Context } from "./context.ts";
import type { Middleware } from "./middleware.ts";

const FOR_A_YEAR = "public, max-age=31536000, immutable";
const NEVER = "no-cache, no-store, max-age=0, must-revalidate";

/**
 * Serves the files of static/ and the scripts of islands.
 *
 * A path is looked up among the files that the build found, and so can never
 * lead out of the directory.
 *
 * @example
 * ```ts
 * import { App, staticFiles } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const handler = new App().use(staticFiles()).handler();
 * const response = await handler(new Request("http://localhost/none.css"));
 *
 * assert.equal(response.status, 404);
 * ```
 */
export function staticFiles<State>(): Middleware<State> {
  return (ctx) => {
    const { files } = buildCacheOf(ctx);
    const pathname = normalized(
      ctx.url.pathname.slice(ctx.config.basePath.length),
    );
    const file = pathname === null ? undefined : files.get(pathname);
    if (file !== undefined) return serve(ctx, file);
    // Browsers ask for it unasked; a page would be too much of an answer.
    if (pathname === "/favicon.ico") return new Response(null, { status: 404 });
    return ctx.next();
  };
}

async function serve<State>(
  ctx: Context<State>,
  file: StaticFile,
): Promise<Response> {
  const { req, url, config } = ctx;
  if (req.method !== "GET" && req.method !== "HEAD") {
    return new Response("Method Not Allowed", { status: 405 });
  }

  const { buildId } = buildCacheOf(ctx);
  const requestedBuild = url.searchParams.get(BUILD_PARAMETER);
  if (requestedBuild !== null && requestedBuild !== buildId) {
    // A page of another build asks: what it gets must not be kept for a year.
    url.searchParams.delete(BUILD_PARAMETER);
    const location = url.pathname + url.search;
    return new Response(null, { status: 307, headers: { location } });
  }

  const headers = new Headers({
    "Content-Type": file.contentType,
    "Vary": "If-None-Match",
    "Cache-Control": NEVER,
  });
  if (config.mode !== "development") {
    headers.set("ETag", `W/"${file.hash}"`);
    if (file.immutable || requestedBuild !== null) {
      headers.set("Cache-Control", FOR_A_YEAR);
    }
    if (matches(req.headers.get("If-None-Match"), file.hash)) {
      return new Response(null, { status: 304, headers });
    }
  }

  if (typeof file.source !== "string") {
    headers.set("Content-Length", String(file.source.byteLength));
    return new Response(file.source, { headers });
  }
  const opened = await openIfThere(file.source);
  if (opened === null) {
    // A later build has taken it away: who asks for it must ask again.
    return new Response("Not Found", {
      status: 404,
      headers: { "Cache-Control": NEVER },
    });
  }
  const { size } = await opened.stat();
  headers.set("Content-Length", String(size));
  if (req.method === "HEAD") {
    opened.close();
    return new Response(null, { headers });
  }
  return new Response(opened.readable, { headers });
}

async function openIfThere(path: string): Promise<Deno.FsFile | null> {
  try {
    return await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The path with every segment encoded in one way, or null if malformed. */
function normalized(pathname: string): string | null {
  // Most paths consist of what no encoding changes.
  if (/^[\w\-./~]*$/.test(pathname)) return pathname;
  try {
    return decodeURIComponent(pathname).split("/").map(encodeURIComponent)
      .join("/");
  } catch {
    return null;
  }
}

function matches(ifNoneMatch: string | null, hash: string): boolean {
  return ifNoneMatch !== null &&
    ifNoneMatch.split(",").some((tag) => {
      const value = tag.trim();
      return value === "*" || value.replace(/^W\//, "") === `"${hash}"` ||
        value === hash;
    });
}
