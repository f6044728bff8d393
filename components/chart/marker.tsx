import type { JSX } from "preact";
import type { MarkerShape } from "./series_style.ts";

const PATHS: Readonly<Record<MarkerShape, string>> = {
  circle: "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z",
  square: "M-3.2-3.2h6.4v6.4h-6.4Z",
  triangle: "M0-4.2 4 3.2h-8Z",
  diamond: "M0-4.6 4.6 0 0 4.6-4.6 0Z",
  wedge: "M0 4.2-4-3.2h8Z",
  cross: "M-3.6-3.6 3.6 3.6M3.6-3.6-3.6 3.6",
};

/** Props of {@linkcode Marker}. */
export interface MarkerProps {
  shape: MarkerShape;
  x: number;
  y: number;
  /** Whether its value is not final: drawn as an outline. */
  hollow?: boolean;
}

/** The shape that marks a point of a series, in the series' colour. */
export function Marker({ shape, x, y, hollow }: MarkerProps): JSX.Element {
  return (
    <path
      class={hollow ? "marker marker-hollow" : "marker"}
      d={PATHS[shape]}
      transform={`translate(${x} ${y})`}
    />
  );
}
