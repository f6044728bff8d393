import type { Command } from "./_command.ts";
import { compose } from "./_compose.ts";
import { commandsFromFiles, type RouteFile } from "./_file_route.ts";
import { joinPattern } from "./_pattern.ts";
import { Router } from "./_router.ts";
import { Segment } from "./_segment.ts";
import { answerRoute } from "./_answer_route.ts";
import { isHandlerByMethod, type Method, METHODS } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";
import type { Route } from "./route.ts";

/** What an app answers with. */
export interface AppRouter<State> {
  /** Finds what answers a path. */
  readonly router: Router<Middleware<State>>;
  /** Answers where no route does. */
  readonly fallback: Middleware<State>;
}

/**
 * Carries out an app's commands.
 *
 * @param commands the commands, in the order of their calls
 * @param basePath the path under which the app lives
 * @param files what `fsRoutes()` stands for
 */
export function buildAppRouter<State>(
  commands: readonly Command<State>[],
  basePath: string,
  files: readonly RouteFile[],
): AppRouter<State> {
  const root = new Segment<State>();
  const router = new Router<Middleware<State>>();
  apply(commands, basePath);
  return { router, fallback: compose(root.chain()) };

  function apply(commands: readonly Command<State>[], base: string): void {
    for (const command of commands) {
      switch (command.type) {
        case "app":
          root.app = command.component;
          break;
        case "notFound":
          root.notFound = command.route;
          break;
        case "files":
          apply(
            commandsFromFiles(files),
            joinPattern(base, command.pattern, true),
          );
          break;
        default: {
          const segment = root.at(command.pattern, command.isFolder);
          applyAt(command, segment, base);
        }
      }
    }
  }

  function applyAt(
    command: Exclude<
      Command<State>,
      { type: "app" | "notFound" | "files" }
    >,
    segment: Segment<State>,
    base: string,
  ): void {
    switch (command.type) {
      case "middleware":
        segment.middlewares.push(...command.middlewares);
        break;
      case "error":
        segment.errorRoute = command.route;
        break;
      case "layout":
        segment.layout = command;
        break;
      case "handler": {
        const { method, middlewares } = command;
        register(
          joinPattern(base, command.pattern, false),
          method === "ALL" ? METHODS : [method],
          [...segment.chain(), ...middlewares],
        );
        break;
      }
      case "route": {
        const { config, pattern } = command;
        let { route } = command;
        const path = config.routeOverride ??
          (typeof route === "function"
            ? pattern
            : route.config?.routeOverride ?? pattern);
        register(joinPattern(base, path, false), methodsOf(command), [
          ...segment.chain(),
          async (ctx) => {
            if (typeof route === "function") route = await route();
            return await answerRoute(ctx, route);
          },
        ]);
        break;
      }
    }
  }

  function register(
    pattern: string,
    methods: readonly Method[],
    middlewares: Middleware<State>[],
  ): void {
    const composed = compose(middlewares);
    for (const method of methods) {
      router.add(method, pattern === "" ? "*" : pattern, composed);
    }
  }
}

function methodsOf<State>(
  { route, config }: Extract<Command<State>, { type: "route" }>,
): readonly Method[] {
  if (typeof route === "function") {
    return Array.isArray(config.methods) ? config.methods : METHODS;
  }
  const { handler, component } = route as Route<State>;
  if (!isHandlerByMethod(handler)) return METHODS;
  return METHODS.filter((method) =>
    handler[method] !== undefined ||
    (method === "GET" && component !== undefined)
  );
}
