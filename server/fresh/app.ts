import { type Command, toRoute } from "./_command.ts";
import { buildAppRouter } from "./_app_router.ts";
import { type BuildCache, emptyBuildCache } from "./_build_cache.ts";
import { setBuildId } from "./_build_id.ts";
import { joinPattern } from "./_pattern.ts";
import { listenOn, type ListenOptions } from "./_listen.ts";
import type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
import { Context } from "./context.ts";
import type { Method } from "./handlers.ts";
import { HttpError } from "./http_error.ts";
import type { Middleware } from "./middleware.ts";
import type {
  LayoutConfig,
  MaybeLazy,
  Route,
  RouteComponent,
  RouteConfig,
} from "./route.ts";
import { publicError } from "./_public_error.ts";
import { urlOf } from "./_request_url.ts";

/** Gives an app what a build made for it. */
export let setBuildCache: <State>(
  app: App<State>,
  cache: BuildCache,
  mode: "development" | "production",
) => void;

const NO_CONNECTION: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/**
 * A web app: middleware, handlers and routes, in the order of their calls.
 *
 * @example
 * ```ts
 * import { App } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const app = new App().get("/", (ctx) => ctx.text("hello"));
 * const response = await app.handler()(new Request("http://localhost/"));
 *
 * assert.equal(await response.text(), "hello");
 * ```
 */
export class App<State> {
  static {
    setBuildCache = (app, cache, mode) => {
      app.config.root = cache.root;
      app.config.mode = mode;
      app.#buildCache = cache;
      // For what asks for the URL of an asset outside of any page.
      setBuildId(cache.buildId);
    };
  }

  /** The configuration that the app runs with. */
  config: ResolvedFreshConfig;
  #commands: Command<State>[] = [];
  #buildCache: BuildCache | null = null;

  /** @param config where and how the app runs */
  constructor(config: FreshConfig = {}) {
    this.config = {
      root: ".",
      basePath: config.basePath ?? "",
      mode: config.mode ?? "production",
      trustProxy: config.trustProxy ?? false,
    };
  }

  /** Adds middleware for every path, or for those under a path. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(
    first: string | Middleware<State>,
    ...others: Middleware<State>[]
  ): this {
    const [pattern, middlewares] = typeof first === "string"
      ? [first, others]
      : ["*", [first, ...others]];
    return this.#add({
      type: "middleware",
      pattern,
      isFolder: true,
      middlewares,
    });
  }

  /** Sets what answers when no route does. */
  notFound(routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add({ type: "notFound", route: toRoute(routeOrMiddleware) });
  }

  /** Sets what answers when something under a path throws. */
  onError(
    path: string,
    routeOrMiddleware: Route<State> | Middleware<State>,
  ): this {
    const route = toRoute(routeOrMiddleware);
    return this.#add({ type: "error", pattern: path, isFolder: true, route });
  }

  /** Sets the component that surrounds every page. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#add({ type: "app", component });
  }

  /** Sets the component that surrounds the pages under a path. */
  layout(
    path: string,
    component: RouteComponent<State>,
    config: LayoutConfig = {},
  ): this {
    return this.#add({
      type: "layout",
      pattern: path,
      isFolder: true,
      component,
      config,
    });
  }

  /** Adds a route. */
  route(
    path: string,
    route: MaybeLazy<Route<State>>,
    config: RouteConfig = {},
  ): this {
    return this.#add({
      type: "route",
      pattern: path,
      isFolder: true,
      route,
      config,
    });
  }

  /** Answers GET, and HEAD, at a path. */
  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("GET", path, middlewares);
  }

  /** Answers POST at a path. */
  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("POST", path, middlewares);
  }

  /** Answers PATCH at a path. */
  patch(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("PATCH", path, middlewares);
  }

  /** Answers PUT at a path. */
  put(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("PUT", path, middlewares);
  }

  /** Answers DELETE at a path. */
  delete(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("DELETE", path, middlewares);
  }

  /** Answers HEAD at a path. */
  head(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("HEAD", path, middlewares);
  }

  /** Answers every method at a path. */
  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("ALL", path, middlewares);
  }

  /**
   * Adds the routes of the files in routes/.
   *
   * @param pattern the path under which they are
   */
  fsRoutes(pattern = "*"): this {
    return this.#add({ type: "files", pattern, isFolder: false });
  }

  /**
   * Adds all that another app has.
   *
   * @param path the path under which it is
   * @param app the other app
   */
  mountApp(path: string, app: App<State>): this {
    for (const command of app.#commands) {
      if (command.type === "app" || command.type === "notFound") {
        this.#add(command);
        continue;
      }
      const inner = app.config.basePath === ""
        ? command.pattern
        : joinPattern(app.config.basePath, command.pattern, false);
      this.#add({
        ...command,
        pattern: joinPattern(path, inner, true),
        isFolder: command.isFolder || command.pattern === "/",
      });
    }
    return this;
  }

  /**
   * Makes the function that answers requests, for `Deno.serve` or a test.
   */
  handler(): (
    request: Request,
    info?: Deno.ServeHandlerInfo,
  ) => Promise<Response> {
    const { config } = this;
    const buildCache = this.#buildCache ?? emptyBuildCache(config.root);
    const { router, fallback } = buildAppRouter(
      this.#commands,
      config.basePath,
      buildCache.routes,
    );

    return async (req, info = NO_CONNECTION) => {
      const url = urlOf(req, config.trustProxy);
      if (url === null) return new Response("Invalid URL", { status: 400 });
      const method = req.method.toUpperCase();
      const { pattern, params, item, items } = router.match(
        method,
        url.pathname,
      );

      const ctx = new Context<State>({
        req,
        url,
        info,
        route: pattern,
        params,
        config,
        buildCache,
        next() {
          if (pattern === null || item !== null) throw new HttpError(404);
          if (method !== "OPTIONS") throw new HttpError(405);
          const Allow = [...items.keys()].join(", ");
          return Promise.resolve(
            new Response(null, { status: 204, headers: { Allow } }),
          );
        },
      });

      try {
        const response = await (item ?? fallback)(ctx);
        if (!(response instanceof Response)) {
          throw new Error(
            `A handler must return a Response, but gave: ${response}`,
          );
        }
        if (method !== "HEAD") return response;
        // Nobody reads the body: what it holds open must be let go.
        response.body?.cancel().catch(() => {});
        return new Response(null, response);
      } catch (error) {
        const { status, message } = publicError(error);
        if (status >= 500) console.error(error);
        return new Response(message, { status });
      }
    };
  }

  /**
   * Serves the app. Without a port, on the first free one from 8000 on.
   *
   * @param options where to listen
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listenOn(this.handler(), this.config.basePath, options);
  }

  #add(command: Command<State>): this {
    this.#commands.push(command);
    return this;
  }

  #handle(
    method: Method | "ALL",
    pattern: string,
    middlewares: Middleware<State>[],
  ): this {
    return this.#add({
      type: "handler",
      method,
      pattern,
      isFolder: true,
      middlewares,
    });
  }
}
