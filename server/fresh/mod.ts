/**
 * The part of Fresh 2 that this app uses, for machines that cannot reach JSR.
 *
 * It behaves as `jsr:@fresh/core` does, and offers nothing that it does not.
 *
 * @example
 * ```ts
 * import { App } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const handler = new App().get("/", (ctx) => ctx.text("hello")).handler();
 * const response = await handler(new Request("http://localhost/"));
 *
 * assert.equal(await response.text(), "hello");
 * ```
 *
 * @module
 */

export { App } from "./app.ts";
export type { ListenOptions } from "./_listen.ts";
export type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
export type { Context, PageProps } from "./context.ts";
export { createDefine, type Define } from "./define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Method,
  page,
  type PageResponse,
  type RouteData,
  type RouteHandler,
} from "./handlers.ts";
export { HttpError } from "./http_error.ts";
export type { Middleware } from "./middleware.ts";
export type { LayoutConfig, Lazy, MaybeLazy, RouteConfig } from "./route.ts";
export { staticFiles } from "./static_files.ts";
