import {
  type Attributes,
  type ComponentChildren,
  type ComponentType,
  createContext,
  Fragment,
  type FunctionComponent,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { Signal } from "@preact/signals";
import type { Island } from "./_build_cache.ts";
import { currentRender } from "./_render_state.ts";

/** Whether what renders is part of an island, and so hydrates with it. */
const InsideIsland = createContext(false);

const roots = new WeakMap<Island, FunctionComponent>();
const plain = new WeakSet<VNode>();

/**
 * Whether an element of an island's component is the island itself, and not
 * still to be marked as one.
 *
 * @param vnode the element
 */
export function isPlain(vnode: VNode): boolean {
  return plain.has(vnode);
}

/**
 * The component that renders an island between markers, from which the browser
 * hydrates it. Inside another island it renders the component alone.
 *
 * @param island the island
 */
export function islandRoot(island: Island): FunctionComponent {
  let root = roots.get(island);
  if (root === undefined) {
    root = (props) => renderRoot(island, props);
    roots.set(island, root);
  }
  return root;
}

function renderRoot(
  island: Island,
  given: Record<string, unknown>,
): VNode {
  const render = currentRender();
  const isInside = useContext(InsideIsland);
  if (render === null || isInside) return plainElement(island.component, given);

  const props = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (!isSlot(name, value)) return [name, value];
      const children = toChildren(value);
      const id = render.slots.push({ children, rendered: false }) - 1;
      return [name, h(Slot, { id }, children)];
    }),
  );

  const index = render.roots.push({ island, props }) - 1;
  return marked(
    `island:${index}`,
    "/island",
    h(
      InsideIsland.Provider,
      { value: true },
      plainElement(island.component, props),
    ),
  );
}

function plainElement(
  component: ComponentType,
  props: Record<string, unknown>,
): VNode {
  const element = h(component, props);
  plain.add(element);
  return element;
}

/** JSX cannot be serialised: its HTML goes to the browser in its place. */
function isSlot(name: string, value: unknown): boolean {
  if (value instanceof Signal) return false;
  if (name !== "children") return isValidElement(value);
  return value !== undefined && value !== null && typeof value !== "function";
}

function toChildren(value: unknown): ComponentChildren {
  // A component's children are whatever its parent gave it as such.
  return value as ComponentChildren;
}

/** What {@linkcode Slot} takes. */
export interface SlotProps {
  /** The number of the slot on its page. */
  id: number;
  /** The JSX that the island was given. */
  children?: ComponentChildren;
}

/** Renders JSX that an island was given, between markers. */
export function Slot({ id, children }: SlotProps): VNode {
  const slot = currentRender()?.slots[id];
  if (slot !== undefined) slot.rendered = true;
  return marked(
    `slot:${id}`,
    "/slot",
    h(InsideIsland.Provider, { value: false }, children),
  );
}

function marked(start: string, end: string, child: ComponentChildren): VNode {
  return h(Fragment, null, comment(start), child, comment(end));
}

function comment(text: string): VNode {
  const props: Attributes & { UNSTABLE_comment: string } = {
    UNSTABLE_comment: text,
  };
  return h(Fragment, props);
}
