import type { Context } from "./context.ts";

/** The HTTP methods that a route may answer. */
export type Method =
  | "HEAD"
  | "GET"
  | "POST"
  | "PATCH"
  | "PUT"
  | "DELETE"
  | "OPTIONS";

/** Every method, in the order in which `Allow` names them. */
export const METHODS: readonly Method[] = [
  "GET",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
];

/** Data for a route's component, made by {@linkcode page}. */
export interface PageResponse<T> {
  /** What the component finds in `props.data`. */
  data: T;
  /** Headers of the answer. */
  headers?: HeadersInit;
  /** Status of the answer. */
  status?: number;
}

/** A function that answers a request, or gives its route's component data. */
export interface HandlerFn<Data, State> {
  (ctx: Context<State>):
    | Response
    | PageResponse<Data>
    | Promise<Response | PageResponse<Data>>;
}

/** One function per method. HEAD is answered from GET where it is missing. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** What a route exports as `handler`: for every method, or one for each. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** The data that a handler gives its component. */
export type RouteData<Handler extends RouteHandler<unknown, unknown>> =
  Handler extends RouteHandler<infer Data, unknown> ? Data : never;

/**
 * Makes a handler's data for its route's component.
 *
 * @param data what the component finds in `props.data`
 * @param options status and headers of the answer
 * @returns what the handler returns
 *
 * @example
 * ```ts
 * import { page } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const result = page({ flag: "greeting" }, { status: 201 });
 *
 * assert.equal(result.data.flag, "greeting");
 * assert.equal(result.status, 201);
 * ```
 */
export function page<T>(
  data: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T>;
export function page(): PageResponse<undefined>;
export function page<T>(
  data?: T,
  options: { headers?: HeadersInit; status?: number } = {},
): PageResponse<T | undefined> {
  return { data, ...options };
}

/**
 * Whether a handler is an object with one function per method.
 *
 * @param handler a route's handler
 */
export function isHandlerByMethod<Data, State>(
  handler: RouteHandler<Data, State> | undefined,
): handler is HandlerByMethod<Data, State> {
  return typeof handler === "object" && handler !== null;
}
