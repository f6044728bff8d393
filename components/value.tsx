import type { JSX } from "preact";
import { UNKNOWN } from "./format.ts";

/** What stands where a figure is unknown, which is not zero. */
export function Unknown(): JSX.Element {
  return (
    <span class="unknown" title="unknown">
      <span aria-hidden="true">{UNKNOWN}</span>
      <span class="visually-hidden">unknown</span>
    </span>
  );
}

/** Props of {@linkcode Value}. */
export interface ValueProps {
  /** The value, null when unknown. */
  value: number | null;
  /** How to write it. */
  format: (value: number) => string;
}

/** A figure, or the mark of an unknown one. */
export function Value({ value, format }: ValueProps): JSX.Element {
  return value === null ? <Unknown /> : <>{format(value)}</>;
}
