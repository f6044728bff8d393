/** A place in the chart. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The `d` of an SVG path through the points, broken at every null: a line
 * across unknown values would claim to know them.
 */
export function linePath(points: readonly (ChartPoint | null)[]): string {
  let path = "";
  let command = "M";
  for (const point of points) {
    if (point === null) {
      command = "M";
      continue;
    }
    path += `${command}${rounded(point.x)} ${rounded(point.y)}`;
    command = "L";
  }
  return path;
}

/** Whether a point has unknown neighbours on both sides, and so no line. */
export function isLone(
  points: readonly (ChartPoint | null)[],
  index: number,
): boolean {
  return (points[index] ?? null) !== null &&
    (points[index - 1] ?? null) === null &&
    (points[index + 1] ?? null) === null;
}

function rounded(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
