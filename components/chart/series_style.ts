/** The shapes that mark points. */
export type MarkerShape =
  | "circle"
  | "square"
  | "triangle"
  | "diamond"
  | "wedge"
  | "cross";

/** How the series of one variant looks, with and without colour. */
export interface SeriesStyle {
  /** Which of the colours `--series-0` to `--series-7`. */
  readonly colour: number;
  readonly marker: MarkerShape;
  /** An SVG `stroke-dasharray`, or undefined for a solid line. */
  readonly dash: string | undefined;
}

const COLOURS = 8;
const MARKERS: readonly MarkerShape[] = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "wedge",
  "cross",
];
const DASHES = [undefined, "7 4", "2 4", "10 4 2 4", "14 5"];

/**
 * The look of the variant at that place. The three lists differ in length, so
 * that 120 variants pass before two look the same.
 */
export function seriesStyle(index: number): SeriesStyle {
  return {
    colour: index % COLOURS,
    marker: MARKERS[index % MARKERS.length] ?? "circle",
    dash: DASHES[index % DASHES.length],
  };
}
