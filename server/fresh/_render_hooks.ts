/**
 * Makes Preact's renderer mark islands, gather the head and add the scripts.
 * Importing the module sets the hooks; outside a page's rendering they rest.
 *
 * @module
 */

import {
  type ComponentChildren,
  Fragment,
  h,
  isValidElement,
  options,
  toChildArray,
  type VNode,
} from "preact";
import { asset, assetSrcSet } from "./_asset.ts";
import { markActiveLink } from "./_active_link.ts";
import { islandRoot, isPlain } from "./_island_root.ts";
import { PageScripts } from "./_page_scripts.ts";
import { currentRender, headKey } from "./_render_state.ts";

declare module "preact" {
  interface Options {
    /** Runs before an element renders. Its name is mangled, but stable. */
    __b?(vnode: VNode): void;
  }
}

const adopted = new WeakSet<VNode>();
const before = options.__b;

options.__b = (vnode) => {
  const render = currentRender();
  // An element that is kept in a variable may render more than once.
  if (render !== null && !adopted.has(vnode)) {
    if (typeof vnode.type === "function") {
      const island = render.build.islands.get(vnode.type);
      if (island !== undefined && !isPlain(vnode)) {
        vnode.type = islandRoot(island);
      }
    } else {
      adopt(vnode, vnode.type, vnode.props, render.url);
    }
  }
  before?.(vnode);
};

function adopt(
  vnode: VNode,
  type: string,
  props: VNode["props"] & Record<string, unknown>,
  url: URL,
): void {
  switch (type) {
    case "head":
      adopted.add(vnode);
      vnode.props = {
        ...props,
        children: h(HeadContent, null, props.children),
      };
      break;
    case "body":
      adopted.add(vnode);
      vnode.props = {
        ...props,
        children: [props.children, h(BodyEnd, null)],
      };
      break;
    case "a":
      markActiveLink(props, url);
      break;
    case "img":
    case "source":
      if (props["data-fresh-disable-lock"]) break;
      if (typeof props.src === "string") props.src = asset(props.src);
      if (typeof props.srcset === "string") {
        props.srcset = assetSrcSet(props.srcset);
      }
      break;
  }
}

/** The head's own elements and what `<Head>` gathered, one for each key. */
function HeadContent(
  { children }: { children?: ComponentChildren },
): ComponentChildren {
  const render = currentRender();
  if (render === null) return children;
  render.hasHead = true;

  const gathered = new Map(render.head);
  const own = toChildArray(children).map((child) => {
    if (!isValidElement(child)) return child;
    const key = headKey(child);
    const replacement = gathered.get(key);
    gathered.delete(key);
    return replacement ?? child;
  });
  return h(Fragment, null, ...own, ...gathered.values());
}

/** The scripts, once everything that may hold an island has rendered. */
function BodyEnd(): ComponentChildren {
  const render = currentRender();
  if (render === null) return null;
  render.hasBody = true;
  return h(PageScripts, { render });
}
