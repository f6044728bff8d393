import type { ComponentType } from "preact";

/** An island on the page. */
export interface ClientIsland {
  /** Its component, or null where it could not be loaded. */
  readonly component: ComponentType | null;
  /** Its props, brought back. */
  readonly props: Readonly<Record<string, unknown>>;
}

/** What lies between two markers. */
export interface Range {
  readonly start: ChildNode;
  readonly end: ChildNode;
}

/** What the page holds for its islands. */
export interface Page {
  /** Each marked island, by its number. */
  readonly islands: readonly ClientIsland[];
  /** Where the server rendered each slot, by its number. */
  readonly slots: ReadonlyMap<number, Range>;
}

/** The kind and the number of a marker, or null of another node. */
export function markerOf(
  node: Node,
): { kind: "island" | "slot"; id: number } | null {
  if (!(node instanceof Comment)) return null;
  const [, kind, id] = /^(island|slot):(\d+)$/.exec(node.data) ?? [];
  return kind === "island" || kind === "slot" ? { kind, id: Number(id) } : null;
}

/** Whether a node ends what a marker of this kind began. */
export function isEnd(node: Node, kind: "island" | "slot"): boolean {
  return node instanceof Comment && node.data === `/${kind}`;
}
