import type { AnyComponent } from "preact";
import type { PageProps } from "./context.ts";
import type { HandlerByMethod, HandlerFn, RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";

/** Functions that return what they are given, and tell the compiler its type. */
export interface Define<State> {
  /**
   * Types a route's handlers.
   *
   * @param handlers a function, or an object with one function per method
   */
  handlers<
    Data,
    Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>,
  >(handlers: Handlers): typeof handlers;
  /**
   * Types a route's component: `define.page<typeof handler>(…)`.
   *
   * @param render the component
   */
  page<
    Handler extends RouteHandler<unknown, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: AnyComponent<PageProps<Data, State>>): typeof render;
  /**
   * Types a layout or app wrapper.
   *
   * @param render the component
   */
  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;
  /**
   * Types a middleware, or an array of them.
   *
   * @param middleware the middleware
   */
  middleware<M extends Middleware<State> | Middleware<State>[]>(
    middleware: M,
  ): typeof middleware;
}

/**
 * Makes the typed identity functions of an app whose state is `State`.
 *
 * @example
 * ```ts
 * import { createDefine } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const define = createDefine<{ user: string }>();
 * const handler = define.handlers({
 *   GET: (ctx) => new Response(ctx.state.user),
 * });
 *
 * assert.deepEqual(Object.keys(handler), ["GET"]);
 * ```
 */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}
