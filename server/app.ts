import { App, HttpError, staticFiles } from "fresh";
import type { Context } from "fresh";
import { isAllowed, isLocal, needOf } from "./auth.ts";
import type { State } from "./define.ts";
import { problem } from "./problem.ts";
import type { Service } from "./service.ts";

/** Makes the app: who may come in, what routes find, and the routes. */
export function createApp(service: Service): App<State> {
  return new App<State>()
    .use(answerProblems)
    .use(staticFiles())
    .use((ctx) => guard(service, ctx))
    .use((ctx) => {
      ctx.state.service = service;
      ctx.state.reader = service.reader;
      ctx.state.signInRequired = service.config.readKey !== null;
      return ctx.next();
    })
    .fsRoutes();
}

/** Errors of the API are problem details: its clients read no pages. */
async function answerProblems(ctx: Context<State>): Promise<Response> {
  const { pathname } = ctx.url;
  if (!pathname.startsWith("/api/") && pathname !== "/metrics") {
    return await ctx.next();
  }
  try {
    return await ctx.next();
  } catch (error) {
    if (error instanceof HttpError) return problem(error.status, error.message);
    console.error(error);
    return problem(500, "The server failed; its log says why");
  }
}

function guard(
  { config, now }: Service,
  ctx: Context<State>,
): Response | Promise<Response> {
  const { req: request, url: { pathname, search } } = ctx;
  const need = needOf(pathname);
  const key = need === "api key" ? config.apiKey : config.readKey;
  if (need !== "nothing" && key === null && !isLocal(request)) {
    return problem(
      403,
      `Without a key the server answers its own machine alone, as localhost. Set MODELAB_API_KEY and MODELAB_READ_KEY to be reached under another name`,
    );
  }
  if (isAllowed(request, need, config, now())) return ctx.next();
  const isPage = request.method === "GET" && pathname !== "/metrics" &&
    !pathname.startsWith("/api/");
  if (isPage) {
    const next = encodeURIComponent(pathname + search);
    return new Response(null, {
      status: 303,
      headers: { location: `/sign-in?next=${next}` },
    });
  }
  const sent = request.headers.has("x-api-key") ||
    request.headers.has("authorization");
  return problem(
    401,
    `The request must carry the server's ${need} as X-API-Key or Authorization: Bearer, got ${
      sent ? "another" : "none"
    }`,
    { "www-authenticate": 'Bearer realm="modelab"' },
  );
}
