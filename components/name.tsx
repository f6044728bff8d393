import type { JSX } from "preact";

/** Props of {@linkcode Name}. */
export interface NameProps {
  /** Any string at all, in any script and of any length. */
  name: string;
  /** After how many lines the rest is left to the tooltip. */
  lines?: 1 | 3;
}

/** A name that somebody else chose: it wraps anywhere and stays in its place. */
export function Name({ name, lines = 3 }: NameProps): JSX.Element {
  return (
    <span class={`name clamped-${lines}`} title={name}>
      <bdi>{name}</bdi>
    </span>
  );
}
