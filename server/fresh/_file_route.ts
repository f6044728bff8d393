import type { Command } from "./_command.ts";
import type { RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";
import type { Route, RouteComponent, RouteConfig } from "./route.ts";

/** What a file in routes/ is for. */
export type RouteFileKind =
  | "app"
  | "layout"
  | "middleware"
  | "error"
  | "notFound"
  | "route";

/** What a file in routes/ may export. */
export interface RouteModule<State> {
  /** How the route is found and what surrounds its page. */
  config?: RouteConfig;
  /** What answers. */
  handler?: RouteHandler<unknown, State> | Middleware<State>[];
  /** The same as `handler`. */
  handlers?: RouteHandler<unknown, State> | Middleware<State>[];
  /** The component; in a middleware file, the middleware. */
  default?: RouteComponent<State> | Middleware<State> | Middleware<State>[];
}

/** A file in routes/. */
export interface RouteFile {
  /** The file below routes/. */
  readonly path: string;
  /** What it is for. */
  readonly kind: RouteFileKind;
  /** Its pattern with route groups, which finds what it inherits. */
  readonly folderPattern: string;
  /** Its pattern without route groups, which finds the route. */
  readonly pattern: string;
  /** Its module, or a function that loads it. */
  readonly module:
    | Readonly<Record<string, unknown>>
    | (() => Promise<Readonly<Record<string, unknown>>>);
}

/**
 * What the files of routes/ mean for the app that serves them.
 *
 * @param files the files, in the order of their registration
 * @throws {Error} when a module exports nothing that its file may be for
 */
export function commandsFromFiles<State>(
  files: readonly RouteFile[],
): Command<State>[] {
  return files.flatMap((file) => {
    const command = commandFromFile<State>(file);
    return command === null ? [] : [command];
  });
}

function commandFromFile<State>(file: RouteFile): Command<State> | null {
  const { path, pattern, folderPattern } = file;
  const loaded = file.module;
  if (typeof loaded === "function") {
    const route = async () =>
      toRoute(path, asRouteModule<State>(await loaded()), pattern);
    const config = { routeOverride: pattern, methods: "ALL" as const };
    return {
      type: "route",
      pattern: folderPattern,
      isFolder: false,
      route,
      config,
    };
  }

  const module = asRouteModule<State>(loaded);
  const at = { pattern: folderPattern, isFolder: true };
  if (file.kind === "middleware") {
    const middlewares = middlewaresOf(path, module);
    return { type: "middleware", ...at, middlewares };
  }

  const route = toRoute(path, module, pattern);
  const { component } = route;
  switch (file.kind) {
    case "route":
      return {
        type: "route",
        pattern: folderPattern,
        isFolder: false,
        route,
        config: module.config ?? {},
      };
    case "error":
      return { type: "error", ...at, route };
    case "notFound":
      return { type: "notFound", route };
    case "app":
      return component === undefined ? null : { type: "app", component };
    case "layout":
      return component === undefined
        ? null
        : { type: "layout", ...at, component, config: module.config ?? {} };
  }
}

function toRoute<State>(
  path: string,
  module: RouteModule<State>,
  pattern: string,
): Route<State> {
  const handler = module.handlers ?? module.handler;
  const component = module.default;
  if (
    handler === undefined && component === undefined &&
    module.config === undefined
  ) {
    throw new Error(
      `Cannot use ${path}: it must export a component as default, ` +
        'or "handler", "handlers" or "config".',
    );
  }
  if (typeof handler === "function" && handler.length > 1) {
    throw new Error(
      `Cannot use ${path}: a handler takes one argument, ` +
        `but this one takes ${handler.length}.`,
    );
  }
  if (Array.isArray(handler) || Array.isArray(component)) {
    throw new Error(`Cannot use ${path}: only a middleware may be an array.`);
  }
  return {
    config: {
      ...module.config,
      routeOverride: module.config?.routeOverride ?? pattern,
    },
    handler,
    // By its place the file exports a component; a function does not tell.
    component: component as RouteComponent<State> | undefined,
  };
}

function middlewaresOf<State>(
  path: string,
  module: RouteModule<State>,
): Middleware<State>[] {
  const exported = module.handlers ?? module.handler ?? module.default;
  if (Array.isArray(exported)) return exported;
  if (typeof exported !== "function") {
    throw new Error(
      `Cannot use ${path}: a middleware file must export a function ` +
        "or an array of functions as default.",
    );
  }
  // By its place the file exports a middleware; a function does not tell.
  return [exported as Middleware<State>];
}

/** What a module exports is known by its file's name alone. */
function asRouteModule<State>(
  module: Readonly<Record<string, unknown>>,
): RouteModule<State> {
  return module;
}
