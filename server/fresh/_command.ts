import type { Method } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";
import type {
  LayoutConfig,
  MaybeLazy,
  Route,
  RouteComponent,
  RouteConfig,
} from "./route.ts";

/** A command about a path. */
interface AtPattern {
  readonly pattern: string;
  /**
   * Whether the last segment of the pattern is a folder, which routes below
   * it inherit from. A file in routes/ names a page by it.
   */
  readonly isFolder: boolean;
}

/** One call on an app, kept until the app's handler is made. */
export type Command<State> =
  | (AtPattern & {
    readonly type: "middleware";
    readonly middlewares: readonly Middleware<State>[];
  })
  | (AtPattern & {
    readonly type: "handler";
    readonly method: Method | "ALL";
    readonly middlewares: readonly Middleware<State>[];
  })
  | (AtPattern & {
    readonly type: "layout";
    readonly component: RouteComponent<State>;
    readonly config: LayoutConfig;
  })
  | (AtPattern & { readonly type: "error"; readonly route: Route<State> })
  | (AtPattern & {
    readonly type: "route";
    readonly route: MaybeLazy<Route<State>>;
    readonly config: RouteConfig;
  })
  | (AtPattern & { readonly type: "files" })
  | { readonly type: "app"; readonly component: RouteComponent<State> }
  | { readonly type: "notFound"; readonly route: Route<State> };

/**
 * A route from what was given as one.
 *
 * @param routeOrMiddleware a route, or a middleware that answers
 */
export function toRoute<State>(
  routeOrMiddleware: Route<State> | Middleware<State>,
): Route<State> {
  return typeof routeOrMiddleware === "function"
    ? { handler: routeOrMiddleware }
    : routeOrMiddleware;
}
