import type { JSX } from "preact";

/** Beyond so many parts, the rest is left out: a page is no place for it. */
const MOST_PARTS = 2_000;
/** Objects and lists up to this depth are open. */
const OPEN_DEPTH = 2;

/** Props of {@linkcode JsonTree}. */
export interface JsonTreeProps {
  value: unknown;
}

/** Any JSON value as a tree that opens and closes without scripts. */
export function JsonTree({ value }: JsonTreeProps): JSX.Element {
  const budget = { left: MOST_PARTS };
  return (
    <div class="tree" dir="ltr">
      {nodeOf({ name: null, value, depth: 0, budget })}
    </div>
  );
}

interface NodeOptions {
  name: string | null;
  value: unknown;
  depth: number;
  /** Shared by the whole tree. */
  budget: { left: number };
}

/** No component: a component's children are made before it counts them. */
function nodeOf({ name, value, depth, budget }: NodeOptions): JSX.Element {
  budget.left--;
  const parts = partsOf(value);
  if (parts === null || parts.length === 0) {
    return (
      <p key={name} class="tree-leaf">
        <Key name={name} />
        <Scalar value={value} />
      </p>
    );
  }
  const size = `${parts.length} ${Array.isArray(value) ? "items" : "fields"}`;
  return (
    <details key={name} open={depth < OPEN_DEPTH}>
      <summary>
        <Key name={name} />
        <span class="muted">{size}</span>
      </summary>
      <div class="tree-parts">
        {parts.map(([key, part]) =>
          budget.left > 0 &&
          nodeOf({ name: key, value: part, depth: depth + 1, budget })
        )}
        {budget.left <= 0 && <p class="muted">… the rest is left out</p>}
      </div>
    </details>
  );
}

function Key({ name }: { name: string | null }): JSX.Element | null {
  return name === null ? null : (
    <span class="tree-key">
      <bdi>{name}</bdi>:{" "}
    </span>
  );
}

function Scalar({ value }: { value: unknown }): JSX.Element {
  if (typeof value === "string") {
    return (
      <span class="tree-text">
        <bdi>{value}</bdi>
      </span>
    );
  }
  return <code>{JSON.stringify(value) ?? "undefined"}</code>;
}

function partsOf(value: unknown): (readonly [string, unknown])[] | null {
  if (Array.isArray(value)) {
    return value.map((part, at) => [String(at), part] as const);
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value)
    : null;
}
