import { type Context, surroundingsOf } from "./context.ts";
import { isHandlerByMethod, METHODS } from "./handlers.ts";
import type { HandlerFn, PageResponse } from "./handlers.ts";
import { HttpError } from "./http_error.ts";
import type { Route } from "./route.ts";

/**
 * Answers with a route: its handler's response, or its page.
 *
 * @param ctx the request
 * @param route the route
 * @param status the status of a page whose handler does not set one
 */
export async function answerRoute<State>(
  ctx: Context<State>,
  route: Route<State>,
  status = 200,
): Promise<Response> {
  const surroundings = surroundingsOf(ctx);
  if (route.config?.skipAppWrapper) surroundings.app = null;
  if (route.config?.skipInheritedLayouts) surroundings.layouts = [];

  const handle = handlerFor(route, ctx.req.method.toUpperCase());
  const result = handle === null ? await ctx.next() : await handle(ctx);
  if (result instanceof Response) return result;

  const headers = new Headers(result.headers);
  const { renderComponent } = await import("./_render_page.ts");
  const page = route.component === undefined
    ? null
    : await renderComponent(ctx, route.component, result.data);
  if (page instanceof Response) return page;
  return await ctx.render(page, { headers, status: result.status ?? status });
}

/** What answers a method, or null where the route leaves it to others. */
function handlerFor<State>(
  { handler, component }: Route<State>,
  method: string,
): HandlerFn<unknown, State> | null {
  if (handler === undefined) {
    return component === undefined ? notFound : emptyData;
  }
  if (!isHandlerByMethod(handler)) return handler;

  // A method that is none of the known ones could name an inherited property.
  const known = METHODS.find((name) => name === method);
  const own = known === undefined ? undefined : handler[known];
  if (own !== undefined) return own;
  if (known !== "GET" && known !== "HEAD") return null;
  return handler.GET ?? (component === undefined ? null : emptyData);
}

function notFound(): never {
  throw new HttpError(404);
}

function emptyData(): PageResponse<unknown> {
  return { data: {} };
}
