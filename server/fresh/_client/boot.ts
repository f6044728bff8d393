/**
 * Hydrates the islands of a page.
 *
 * @module
 */

import { type ComponentType, h, render } from "preact";
import { setBuildId } from "../_build_id.ts";
import { deserialize } from "../_deserialize.ts";
import { type PagePayload, PAYLOAD_ID } from "../_payload.ts";
import { isEnd, markerOf, type Page, type Range } from "./page.ts";
import { readPayload } from "./read_payload.ts";
import { rootFragment } from "./root_fragment.ts";
import { withSlots } from "./slots.ts";

const element = document.getElementById(PAYLOAD_ID);
if (element !== null) {
  await boot(readPayload(element.textContent ?? ""));
}

async function boot(payload: PagePayload): Promise<void> {
  // Before any island loads: their modules may ask for the URL of an asset.
  setBuildId(payload.buildId);
  const components = await Promise.all(payload.islands.map(load));
  const props = asArray(deserialize(payload.props));
  const islands = payload.roots.map((index, root) => ({
    component: components[index] ?? null,
    props: asRecord(props[root]),
  }));

  const slots = new Map<number, Range>();
  const page: Page = { islands, slots };
  for (const { id, start, end } of findRoots(slots)) {
    const island = islands[id];
    // What the server rendered stays, if what would bring it to life is gone.
    if (island === undefined || island.component === null) continue;
    try {
      render(
        h(island.component, withSlots(island.props, page)),
        rootFragment(start, end),
      );
    } catch (error) {
      // One island that fails must not keep the others from working.
      reportError(error);
    }
  }
}

async function load(
  [script, exportName]: readonly [string, string],
): Promise<ComponentType | null> {
  try {
    const module: Record<string, unknown> = await import(script);
    const component = module[exportName];
    if (isComponent(component)) return component;
    throw new TypeError(`${script} does not export ${exportName}.`);
  } catch (error) {
    reportError(error);
    return null;
  }
}

/** The islands that are not inside another; the slots go into a map. */
function findRoots(
  slots: Map<number, Range>,
): { id: number; start: ChildNode; end: ChildNode }[] {
  const roots: { id: number; start: ChildNode; end: ChildNode }[] = [];
  const open: { kind: "island" | "slot"; id: number; start: Comment }[] = [];
  const walker = document.createTreeWalker(
    document.body,
    NodeFilter.SHOW_COMMENT,
  );
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!(node instanceof Comment)) continue;
    const marker = markerOf(node);
    if (marker !== null) {
      open.push({ ...marker, start: node });
      continue;
    }
    const last = open.at(-1);
    if (last === undefined || !isEnd(node, last.kind)) continue;
    open.pop();
    const { id, start } = last;
    if (last.kind === "slot") slots.set(id, { start, end: node });
    else if (open.length === 0) roots.push({ id, start, end: node });
  }
  return roots;
}

function isComponent(value: unknown): value is ComponentType {
  return typeof value === "function";
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
