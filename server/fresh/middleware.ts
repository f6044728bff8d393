import type { Context } from "./context.ts";

/**
 * A step between a request and its answer: it answers, or calls `ctx.next()`.
 *
 * @example
 * ```ts
 * import { App, type Middleware } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const timed: Middleware<unknown> = async (ctx) => {
 *   const response = await ctx.next();
 *   response.headers.set("Server-Timing", "app");
 *   return response;
 * };
 * const handler = new App().use(timed).get("/", () => new Response()).handler();
 *
 * const response = await handler(new Request("http://localhost/"));
 * assert.equal(response.headers.get("Server-Timing"), "app");
 * ```
 */
export type Middleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response>;
