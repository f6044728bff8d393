import { type ComponentType, Fragment, h } from "preact";
import type { JSX } from "preact";
import { isValidElement } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import "./_render_hooks.ts";
import {
  buildCacheOf,
  type Context,
  type PageProps,
  surroundingsOf,
} from "./context.ts";
import { RenderState, withRender } from "./_render_state.ts";
import type { LayoutConfig, RouteComponent } from "./route.ts";

/**
 * Answers with a page inside its layouts and app wrapper.
 *
 * @param ctx the request
 * @param vnode the page
 * @param init status and headers of the answer
 * @param config which surroundings to leave out
 */
export async function renderPage<State>(
  ctx: Context<State>,
  vnode: JSX.Element | null,
  init: ResponseInit,
  config: LayoutConfig,
): Promise<Response> {
  if (vnode !== null && !isValidElement(vnode)) {
    throw new Error("ctx.render() takes JSX or null.");
  }
  const { app, layouts } = surroundingsOf(ctx);

  let content = vnode;
  for (
    const layout of config.skipInheritedLayouts ? [] : layouts.toReversed()
  ) {
    const inner = content;
    ctx.Component = () => inner;
    const result = await renderComponent(ctx, layout, null);
    if (result instanceof Response) return result;
    content = result;
  }

  // An app wrapper is told where the page goes before the page has rendered.
  let page: JSX.Element | null = null;
  ctx.Component = () => page;
  const wrapper = config.skipAppWrapper || app === null
    ? null
    : await renderComponent(ctx, app, null);
  if (wrapper instanceof Response) return wrapper;

  const state = new RenderState(
    buildCacheOf(ctx),
    ctx.config.basePath,
    ctx.url,
  );
  const html = withRender(state, () => {
    // First the page: what it puts into the head comes before the head.
    const inner = renderToString(content ?? h(Fragment, null));
    if (wrapper === null) return withDocument(inner, state);
    page = jsxTemplate([inner]);
    return withDocument(renderToString(wrapper), state);
  });

  const headers = new Headers(init.headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  const preloads = preloadsOf(state);
  if (preloads !== "") headers.append("Link", preloads);
  return new Response(html, {
    ...init,
    status: init.status ?? 200,
    headers,
  });
}

/**
 * A route's component as JSX. An async one is waited for, since the renderer
 * does not wait, and may answer with a response instead.
 *
 * @param ctx the request
 * @param component a page, layout or app wrapper
 * @param data what the component finds in `props.data`
 */
export async function renderComponent<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
): Promise<JSX.Element | Response | null> {
  const props: PageProps<unknown, State> = {
    Component: ctx.Component,
    config: ctx.config,
    data,
    error: ctx.error,
    info: ctx.info,
    params: ctx.params,
    req: ctx.req,
    route: ctx.route,
    state: ctx.state,
    url: ctx.url,
  };
  if (isAsync(component)) return await component(props);
  return h(component as ComponentType<PageProps<unknown, State>>, props);
}

type AsyncComponent<Props> = (
  props: Props,
) => Promise<JSX.Element | Response | null>;

function isAsync<State>(
  component: RouteComponent<State>,
): component is
  & RouteComponent<State>
  & AsyncComponent<PageProps<unknown, State>> {
  return component.constructor.name === "AsyncFunction";
}

const DOCTYPE = "<!DOCTYPE html>";
const WHOLE = /^<!DOCTYPE html>\s*<html[\s>]/i;

/** Adds what a document needs and the page and its app wrapper left out. */
function withDocument(html: string, state: RenderState): string {
  // Looking at a text puts its many parts together: at the one that is sent.
  const page = DOCTYPE + html;
  if (WHOLE.test(page)) return page;

  const content = jsxTemplate([html]);
  const body = state.hasBody ? content : h("body", null, content);
  const head = state.hasHead
    ? null
    : h("head", null, h("meta", { charset: "utf-8" }));
  return DOCTYPE + renderToString(h("html", null, head, body));
}

function preloadsOf({ roots, build, basePath }: RenderState): string {
  if (roots.length === 0) return "";
  const scripts = new Set([
    build.bootScript,
    ...roots.map(({ island }) => island.script),
  ]);
  return Array.from(
    scripts,
    (script) =>
      `<${encodeURI(basePath + script)}>; rel="modulepreload"; as="script"`,
  ).join(", ");
}
