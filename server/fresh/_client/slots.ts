import {
  type ComponentChild,
  type ComponentChildren,
  Fragment,
  h,
} from "preact";
import { SlotRef } from "../_deserialize.ts";
import { templateId } from "../_payload.ts";
import { isEnd, markerOf, type Page } from "./page.ts";
import { between } from "./root_fragment.ts";

/**
 * An island's props, with the HTML of each slot as JSX in its place.
 *
 * @param props the props, brought back
 * @param page the page
 */
export function withSlots(
  props: Readonly<Record<string, unknown>>,
  page: Page,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      name,
      value instanceof SlotRef ? slotChildren(value, page) : value,
    ]),
  );
}

function slotChildren({ id }: SlotRef, page: Page): ComponentChildren {
  const range = page.slots.get(id);
  if (range !== undefined) {
    return h(
      Fragment,
      null,
      ...toChildren(between(range.start, range.end), page),
    );
  }
  const template = document.getElementById(templateId(id));
  return template instanceof HTMLTemplateElement
    ? h(Fragment, null, ...toChildren([...template.content.childNodes], page))
    : null;
}

/** The nodes as JSX that renders the same, with the islands among them alive. */
function toChildren(nodes: ChildNode[], page: Page): ComponentChild[] {
  const children: ComponentChild[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined) break;

    const marker = markerOf(node);
    if (marker?.kind === "island") {
      const island = page.islands[marker.id];
      if (island !== undefined && island.component !== null) {
        children.push(h(island.component, withSlots(island.props, page)));
      }
      i = endOf(nodes, i);
    } else if (node instanceof Text) {
      children.push(node.data);
    } else if (node instanceof Element) {
      children.push(
        h(
          node.localName,
          attributesOf(node),
          toChildren([...node.childNodes], page),
        ),
      );
    }
  }
  return children;
}

function endOf(nodes: ChildNode[], start: number): number {
  let depth = 0;
  for (let i = start; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined) break;
    if (markerOf(node)?.kind === "island") depth++;
    else if (isEnd(node, "island") && --depth === 0) return i;
  }
  return nodes.length;
}

function attributesOf(element: Element): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    // A property such as `disabled` is true whatever its attribute says.
    const isBoolean = name in element &&
      typeof Reflect.get(element, name) === "boolean";
    attributes[name] = isBoolean ? true : value;
  }
  return attributes;
}
