import { App, HttpError, staticFiles } from "fresh";
import type { Context } from "fresh";
import { KeysUnavailableError } from "./access/key_ring.ts";
import { needOf } from "./access/need.ts";
import { OPEN } from "./access/access.ts";
import type { Access } from "./access/access.ts";
import type { Admission } from "./access/gate.ts";
import type { State } from "./define.ts";
import { clientAddress } from "./limits/client_address.ts";
import { logError } from "./log.ts";
import { noteOf } from "./observe.ts";
import { problem, refuseMethod } from "./problem.ts";
import { serviceFor } from "./service.ts";
import type { Service } from "./service.ts";

/** Makes the app: who may come in, what routes find, and the routes. */
export function createApp(service: Service): App<State> {
  return new App<State>()
    .use(answerProblems)
    .use(staticFiles())
    .use((ctx) => limit(service, ctx))
    .fsRoutes();
}

/** Errors of the API are problem details: its clients read no pages. */
async function answerProblems(ctx: Context<State>): Promise<Response> {
  const { pathname } = ctx.url;
  noteOf(ctx.req).route = ctx.route;
  if (!isApi(pathname)) return await ctx.next();
  try {
    return await ctx.next();
  } catch (error) {
    if (error instanceof HttpError) return problem(error.status, error.message);
    logError("A request failed", error, { request_id: noteOf(ctx.req).id });
    return problem(500, "The server failed; its log says why");
  }
}

/** Lets in as many requests at once as the server, and a client, may have. */
async function limit(
  service: Service,
  ctx: Context<State>,
): Promise<Response> {
  const { limits: { requests }, config, metrics } = service;
  const address = clientAddress(ctx.req, ctx.info, config.trustedProxies);
  const slot = requests.take(address, 1);
  if (slot !== "taken") {
    metrics.limited.add([slot === "each" ? "client requests" : "requests"]);
    return slot === "each"
      ? problem(
        429,
        `At most ${config.maxRequestsPerClient} requests of one client may be under way`,
        { "retry-after": "1" },
      )
      : problem(503, "Too many requests are under way", { "retry-after": "1" });
  }
  try {
    return await guard(service, ctx, address);
  } finally {
    requests.give(address, 1);
  }
}

async function guard(
  service: Service,
  ctx: Context<State>,
  address: string,
): Promise<Response> {
  const { gate, limits, metrics } = service;
  const need = needOf(ctx.route, ctx.req.method);
  if (typeof need !== "string") {
    return refuseMethod(ctx.req, need) ?? await ctx.next();
  }
  let admission: Admission;
  try {
    admission = await gate.admit(ctx.req, need, address);
  } catch (error) {
    if (!(error instanceof KeysUnavailableError)) throw error;
    metrics.unavailable.add(["keys"]);
    return problem(503, error.message, { "retry-after": "1" });
  }
  // Whoever is on the server's own machine, where there are no keys, is not
  // held back.
  const isOpen = admission.ok && admission.access === OPEN;
  if (!isOpen) {
    const rate = limits.takeAddress(address);
    if (rate?.ok === false) {
      metrics.limited.add(["address rate"]);
      return tooMany("from this address", rate.wait, rate.headers);
    }
  }
  if (!admission.ok) return refuse(ctx, admission);
  const { access } = admission;
  if (isOpen || need === "nothing") {
    return await answer(service, ctx, access, address);
  }
  const rate = limits.takeKey(access.id);
  if (rate?.ok === false) {
    metrics.limited.add(["key rate"]);
    return tooMany("with this key", rate.wait, rate.headers);
  }
  const response = await answer(service, ctx, access, address);
  return rate === null ? response : withHeaders(response, rate.headers);
}

async function answer(
  service: Service,
  ctx: Context<State>,
  access: Access,
  address: string,
): Promise<Response> {
  noteOf(ctx.req).access = access.id;
  const own = serviceFor(service, access);
  ctx.state.service = own;
  ctx.state.reader = own.reader;
  ctx.state.address = address;
  ctx.state.signInRequired = !service.gate.ring.isOpen("read");
  return await ctx.next();
}

function refuse(
  ctx: Context<State>,
  { status, detail, signIn, wait }: Extract<Admission, { ok: false }>,
): Response {
  const { req: request, url: { pathname, search } } = ctx;
  const isPage = request.method === "GET" && !isApi(pathname);
  if (isPage && signIn) {
    const next = encodeURIComponent(pathname + search);
    const location = `/sign-in?next=${next}`;
    return new Response(null, { status: 303, headers: { location } });
  }
  const headers: { [name: string]: string } = {};
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="modelab"';
  if (wait !== undefined) headers["retry-after"] = String(wait);
  return problem(status, detail, headers);
}

function tooMany(
  where: string,
  wait: number,
  headers: { readonly [name: string]: string },
): Response {
  return problem(429, `Too many requests came ${where}: wait for ${wait} s`, {
    ...headers,
    "retry-after": String(wait),
  });
}

function withHeaders(
  response: Response,
  headers: { readonly [name: string]: string },
): Response {
  for (const [name, value] of Object.entries(headers)) {
    response.headers.set(name, value);
  }
  return response;
}

function isApi(pathname: string): boolean {
  return /^\/+(?:api\/|metrics\/*$|healthz\/*$|readyz\/*$)/.test(pathname);
}
