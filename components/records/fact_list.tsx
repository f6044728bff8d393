import type { ComponentChildren, JSX } from "preact";

/** Props of {@linkcode FactList}. */
export interface FactListProps {
  /** Each a {@linkcode Fact}. */
  children: ComponentChildren;
}

/** A few facts beside one another. */
export function FactList({ children }: FactListProps): JSX.Element {
  return <dl class="fact-list">{children}</dl>;
}

/** Props of {@linkcode Fact}. */
export interface FactProps {
  term: string;
  /** What is known of it; null leaves it out. */
  children: ComponentChildren;
}

/** A term, and what is known of it. */
export function Fact({ term, children }: FactProps): JSX.Element | null {
  if (children === null) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
