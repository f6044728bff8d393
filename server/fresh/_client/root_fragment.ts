import type { ContainerNode } from "preact";

/**
 * What lies between two markers, as Preact renders into it: an element whose
 * children are only these, although its real parent has others.
 *
 * @param start the marker before
 * @param end the marker after, in the same parent
 */
export function rootFragment(start: ChildNode, end: ChildNode): ContainerNode {
  const { parentNode } = end;
  if (parentNode === null || parentNode !== start.parentNode) {
    throw new Error(
      "The HTML around an island is invalid: " +
        "the browser moved one of its markers into another element.",
    );
  }
  const parent: ParentNode & Node = parentNode;

  return {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    get firstChild() {
      return between(start, end)[0] ?? null;
    },
    get childNodes() {
      return between(start, end);
    },
    contains: (node) =>
      node instanceof Node &&
      between(start, end).some((child) => child.contains(node)),
    insertBefore(node, child) {
      parent.insertBefore(asNode(node), child === null ? end : asNode(child));
      return node;
    },
    appendChild(node) {
      parent.insertBefore(asNode(node), end);
      return node;
    },
    removeChild(child) {
      parent.removeChild(asNode(child));
      return child;
    },
  };
}

/**
 * The nodes between two markers.
 *
 * @param start the marker before
 * @param end the marker after, or null for all that follow
 */
export function between(start: ChildNode, end: ChildNode | null): ChildNode[] {
  const nodes: ChildNode[] = [];
  let node = start.nextSibling;
  while (node !== null && node !== end) {
    nodes.push(node);
    node = node.nextSibling;
  }
  return nodes;
}

function asNode(node: unknown): Node {
  if (node instanceof Node) return node;
  throw new TypeError("Preact gave a container what is no node.");
}
