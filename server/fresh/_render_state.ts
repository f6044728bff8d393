import { type ComponentChildren, toChildArray, type VNode } from "preact";
import { isValidElement } from "preact";
import type { Island, PageBuild } from "./_build_cache.ts";
import { setBuildId } from "./_build_id.ts";
import { setHeadSink } from "./_head_sink.ts";

/** An island on the page: which one, with which props. */
export interface IslandRoot {
  readonly island: Island;
  readonly props: Record<string, unknown>;
}

/** JSX among an island's props, and whether the island rendered it. */
export interface SlotContent {
  readonly children: ComponentChildren;
  rendered: boolean;
}

/** What one page gathers while it renders. */
export class RenderState {
  /** The build whose islands may be on the page. */
  readonly build: PageBuild;
  /** The path under which the app lives. */
  readonly basePath: string;
  /** The page's URL. */
  readonly url: URL;
  /** The islands on the page, in the order of their markers. */
  readonly roots: IslandRoot[] = [];
  /** The JSX among the islands' props, in the order of its markers. */
  readonly slots: SlotContent[] = [];
  /** What `<Head>` gathered, by key. */
  readonly head: Map<string, VNode> = new Map();
  /** Whether the page rendered a `<head>`. */
  hasHead = false;
  /** Whether the page rendered a `<body>`. */
  hasBody = false;

  /**
   * @param build the build whose islands may be on the page
   * @param basePath the path under which the app lives
   * @param url the page's URL
   */
  constructor(build: PageBuild, basePath: string, url: URL) {
    this.build = build;
    this.basePath = basePath;
    this.url = url;
  }

  /** Keeps what a `<Head>` was given. */
  readonly addToHead = (children: ComponentChildren): void => {
    for (const child of toChildArray(children)) {
      if (isValidElement(child)) this.head.set(headKey(child), child);
    }
  };
}

let current: RenderState | null = null;

/** The page that renders now. */
export function currentRender(): RenderState | null {
  return current;
}

/**
 * Renders a page. Rendering waits for nothing, so one page at a time does.
 *
 * @param state what the page gathers
 * @param render renders the page
 */
export function withRender<Result>(
  state: RenderState,
  render: () => Result,
): Result {
  const outer = current;
  current = state;
  setHeadSink(state.addToHead);
  setBuildId(state.build.buildId);
  try {
    return render();
  } finally {
    current = outer;
    setHeadSink(outer?.addToHead ?? null);
  }
}

/**
 * What an element of the head replaces: the one with the same key.
 *
 * @param element the element
 */
export function headKey(element: VNode): string {
  if (element.key !== null && element.key !== undefined) {
    return `key:${element.key}`;
  }
  if (typeof element.type !== "string") return `component:${nextComponent++}`;
  if (element.type === "title") return "title";

  // A page's description or canonical link takes the place of the app's.
  const unkeyed = new Set(["children", "nonce", "ref"]);
  if (element.type === "meta") unkeyed.add("content");
  if (element.type === "link") unkeyed.add("href");
  const props = Object.entries(element.props)
    .filter(([name]) => !unkeyed.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([element.type, props]);
}

let nextComponent = 0;
