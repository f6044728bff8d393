import { surroundingsOf } from "./context.ts";
import type { Middleware } from "./middleware.ts";
import { answerRoute } from "./_answer_route.ts";
import { publicError } from "./_public_error.ts";
import type { LayoutConfig, Route, RouteComponent } from "./route.ts";

/** A folder of routes, and what its routes inherit. */
export class Segment<State> {
  /** The folder above, or null at the root. */
  readonly parent: Segment<State> | null;
  /** What runs before the folder's routes. */
  readonly middlewares: Middleware<State>[] = [];
  /** What surrounds the folder's pages. */
  layout: { component: RouteComponent<State>; config: LayoutConfig } | null =
    null;
  /** What answers when something under this folder throws. */
  errorRoute: Route<State> | null = null;
  /** What surrounds every page. Only at the root. */
  app: RouteComponent<State> | null = null;
  /** What answers when nothing else does. Only at the root. */
  notFound: Route<State> | null = null;
  readonly #children = new Map<string, Segment<State>>();

  /** @param parent the folder above, or null for the root */
  constructor(parent: Segment<State> | null = null) {
    this.parent = parent;
  }

  /**
   * The folder that a pattern means, made if need be.
   *
   * @param pattern the pattern of a route or folder
   * @param isFolder whether its last segment is a folder
   */
  at(pattern: string, isFolder: boolean): Segment<State> {
    if (pattern === "*" || pattern === "/*") return this;
    // An optional parameter is no folder: what is below it is below its parent.
    const names = pattern.replace(/\{[^}]*\}\??/g, "").split("/").slice(1);
    if (!isFolder || names.at(-1) === "") names.pop();

    return names.reduce<Segment<State>>(
      (segment, name) => segment.#child(name),
      this,
    );
  }

  #child(name: string): Segment<State> {
    let child = this.#children.get(name);
    if (child === undefined) {
      child = new Segment(this);
      this.#children.set(name, child);
    }
    return child;
  }

  /** What runs before a route of this folder, outermost first. */
  chain(): Middleware<State>[] {
    return [...this.#above(), ...this.#own()];
  }

  #above(): Middleware<State>[] {
    if (this.parent === null) return [];
    const { parent } = this;
    // Nothing runs between a folder that adds nothing and the one below it.
    const isIdle = parent.#isBare() && parent.middlewares.length === 0;
    return isIdle ? parent.#above() : parent.chain();
  }

  #own(): Middleware<State>[] {
    const guard = this.#isBare() ? this.#catchNotFound() : this.#inherit();
    return [guard, ...this.middlewares];
  }

  #root(): Segment<State> {
    return this.parent === null ? this : this.parent.#root();
  }

  #isBare(): boolean {
    return this.parent !== null && this.layout === null && this.app === null &&
      this.errorRoute === null;
  }

  /** So that what is not found answers inside the middleware above it. */
  #catchNotFound(): Middleware<State> {
    const root = this.#root();
    return async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        if (root.notFound === null || publicError(error).status !== 404) {
          throw error;
        }
        ctx.error = error;
        return await answerRoute(ctx, root.notFound);
      }
    };
  }

  #inherit(): Middleware<State> {
    const root = this.#root();
    const { app, layout, errorRoute } = this;

    return async (ctx) => {
      const surroundings = surroundingsOf(ctx);
      const before = { ...surroundings };
      if (app !== null) surroundings.app = app;
      if (layout !== null) {
        const { component, config } = layout;
        if (config.skipAppWrapper) surroundings.app = null;
        surroundings.layouts = config.skipInheritedLayouts
          ? [component]
          : [...surroundings.layouts, component];
      }
      const inside = { ...surroundings };

      try {
        return await ctx.next();
      } catch (error) {
        // A route that throws may have left out surroundings for itself.
        Object.assign(surroundings, inside);
        ctx.error = error;
        const { status } = publicError(error);
        if (status === 404 && root.notFound !== null) {
          return await answerRoute(ctx, root.notFound);
        }
        if (errorRoute === null) throw error;
        if (status >= 500) console.error(error);
        return await answerRoute(ctx, errorRoute, status);
      } finally {
        Object.assign(surroundings, before);
      }
    };
  }
}
