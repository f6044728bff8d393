import type { FunctionComponent, JSX } from "preact";
import type { BuildCache } from "./_build_cache.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import type { LayoutConfig, RouteComponent } from "./route.ts";

/** A layout or app wrapper that surrounds the page of a route. */
interface Surroundings<State> {
  app: RouteComponent<State> | null;
  layouts: RouteComponent<State>[];
}

/** What an app knows when it makes a context. */
export interface ContextInit<State> {
  req: Request;
  url: URL;
  info: Deno.ServeHandlerInfo;
  route: string | null;
  params: Record<string, string>;
  config: ResolvedFreshConfig;
  next: () => Promise<Response>;
  buildCache: BuildCache;
}

/** What a page, layout, app wrapper or error page is given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "Component"
    | "error"
    | "route"
  >
  & { data: Data };

/** The layouts and the app wrapper that surround this request's page. */
export let surroundingsOf: <State>(
  ctx: Context<State>,
) => Surroundings<State>;

/** The build that this request is served from. */
export let buildCacheOf: <State>(ctx: Context<State>) => BuildCache;

/**
 * One request on its way to its answer, as middleware and handlers see it.
 *
 * @example
 * ```ts
 * import { App } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const app = new App().get("/hi/:name", (ctx) => ctx.text(`${ctx.params.name}`));
 * const response = await app.handler()(new Request("http://localhost/hi/ada"));
 *
 * assert.equal(await response.text(), "ada");
 * ```
 */
export class Context<State> {
  static {
    surroundingsOf = (ctx) => ctx.#surroundings;
    buildCacheOf = (ctx) => ctx.#buildCache;
  }

  /** The app's configuration. */
  readonly config: ResolvedFreshConfig;
  /** The request's URL, with runs of slashes collapsed. */
  readonly url: URL;
  /** The request as it came. */
  req: Request;
  /** The pattern of the matched route. */
  readonly route: string | null;
  /** The parameters of the matched route, decoded. */
  readonly params: Record<string, string>;
  /** What middleware hands on to handlers and pages. */
  // Empty until middleware fills it: State is what it holds after that.
  readonly state: State = {} as State;
  /** Unused by routes: a page's data comes in its props. */
  data: unknown = undefined;
  /** What was thrown, on an error page. */
  error: unknown = null;
  /** Where the request came from. */
  readonly info: Deno.ServeHandlerInfo;
  /** Goes on to the next middleware or the route. */
  next: () => Promise<Response>;
  /** Renders what a layout or app wrapper surrounds. */
  Component: FunctionComponent = () => null;

  readonly #surroundings: Surroundings<State> = { app: null, layouts: [] };
  readonly #buildCache: BuildCache;

  /** @param init what the app knows of the request */
  constructor(init: ContextInit<State>) {
    this.req = init.req;
    this.url = init.url;
    this.info = init.info;
    this.route = init.route;
    this.params = init.params;
    this.config = init.config;
    this.next = init.next;
    this.#buildCache = init.buildCache;
  }

  /**
   * Sends the client elsewhere.
   *
   * @param pathOrUrl a path of this app or a URL
   * @param status the status of the answer
   */
  redirect(pathOrUrl: string, status = 302): Response {
    let location = pathOrUrl;
    if (pathOrUrl.startsWith("/")) {
      // Two slashes would begin the name of another host.
      const end = pathOrUrl.search(/[?#]/);
      const path = end === -1 ? pathOrUrl : pathOrUrl.slice(0, end);
      location = path.replaceAll(/\/+/g, "/") + pathOrUrl.slice(path.length);
    }
    return new Response(null, { status, headers: { location } });
  }

  /**
   * Answers with a page, inside its layouts and app wrapper.
   *
   * @param vnode the page
   * @param init status and headers of the answer
   * @param config which surroundings to leave out
   */
  async render(
    vnode: JSX.Element | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    // Loaded on first use, so that an app which renders nothing loads nothing.
    const { renderPage } = await import("./_render_page.ts");
    return await renderPage(this, vnode, init, config);
  }

  /** Answers with text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Answers with HTML. */
  html(content: string, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  /** Answers with JSON. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Answers with what an iterable gives, as it gives it.
   *
   * @param stream the iterable, or a function that makes it
   * @param init status and headers of the answer
   */
  stream<Chunk extends string | Uint8Array>(
    stream:
      | Iterable<Chunk>
      | AsyncIterable<Chunk>
      | (() => Iterable<Chunk> | AsyncIterable<Chunk>),
    init?: ResponseInit,
  ): Response {
    const encoder = new TextEncoder();
    const source = typeof stream === "function" ? stream() : stream;
    const body = ReadableStream.from(source).pipeThrough(
      new TransformStream<Chunk, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          controller.enqueue(
            typeof chunk === "string"
              ? encoder.encode(chunk)
              : new Uint8Array(chunk),
          );
        },
      }),
    );
    return new Response(body, init);
  }
}
