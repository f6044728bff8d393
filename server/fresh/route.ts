import type { AnyComponent } from "preact";
import type { Method, RouteHandler } from "./handlers.ts";
import type { PageProps } from "./context.ts";

/** How a route is found and what surrounds its page. */
export interface RouteConfig {
  /** The path of the route, instead of the one its file name means. */
  routeOverride?: string;
  /**
   * Leaves out the layouts of the folders above.
   *
   * @default false
   */
  skipInheritedLayouts?: boolean;
  /**
   * Leaves out the app wrapper.
   *
   * @default false
   */
  skipAppWrapper?: boolean;
  /** The methods for which the route is loaded, where it is loaded late. */
  methods?: "ALL" | Method[];
}

/** What surrounds a layout. */
export interface LayoutConfig {
  /**
   * Leaves out the layouts of the folders above.
   *
   * @default false
   */
  skipInheritedLayouts?: boolean;
  /**
   * Leaves out the app wrapper.
   *
   * @default false
   */
  skipAppWrapper?: boolean;
}

/** A page, layout or app wrapper; an async one may answer with a response. */
export type RouteComponent<State> = AnyComponent<PageProps<unknown, State>>;

/** A route: what answers, what renders, and how. */
export interface Route<State> {
  /** Renders the handler's data. */
  component?: RouteComponent<State> | undefined;
  /** How the route is found and what surrounds its page. */
  config?: RouteConfig | undefined;
  /** Answers, or gives the component its data. */
  handler?: RouteHandler<unknown, State> | undefined;
}

/** A function that loads something when it is first needed. */
export type Lazy<T> = () => Promise<T>;

/** Something, or a function that loads it when it is first needed. */
export type MaybeLazy<T> = T | Lazy<T>;
