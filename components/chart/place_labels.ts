/** A point that is to have its name beside it. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** What the name takes. */
  readonly width: number;
}

/** Where the baseline of a name starts, or ends. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

/** The room that a name takes, or that names must keep within. */
export interface LabelBounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const SIDE = 9;
/** Above and below its baseline. */
const ASCENT = 10;
const DESCENT = 3;
/** Half of what a mark takes. */
const MARK = 5;

/**
 * Puts names beside points so that none covers another or a mark: above or
 * below, before or behind its point. Null is a name without room.
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  bounds: LabelBounds,
): (PlacedLabel | null)[] {
  const taken: LabelBounds[] = points.map(({ x, y }) => ({
    left: x - MARK,
    right: x + MARK,
    top: y - MARK,
    bottom: y + MARK,
  }));
  return points.map(({ x, y, width }) => {
    // On the side that has more room first.
    const before = x > (bounds.left + bounds.right) / 2;
    for (const ends of [before, !before]) {
      // A line that rises through the point passes on the other side of it.
      for (const baseline of ends ? [y - 7, y + 17] : [y + 17, y - 7]) {
        const left = ends ? x - SIDE - width : x + SIDE;
        const box = {
          left,
          right: left + width,
          top: baseline - ASCENT,
          bottom: baseline + DESCENT,
        };
        if (!isWithin(box, bounds) || taken.some((one) => meets(one, box))) {
          continue;
        }
        taken.push(box);
        return ends
          ? { x: x - SIDE, y: baseline, anchor: "end" }
          : { x: left, y: baseline, anchor: "start" };
      }
    }
    return null;
  });
}

function isWithin(
  box: LabelBounds,
  { left, right, top, bottom }: LabelBounds,
): boolean {
  return box.left >= left && box.right <= right && box.top >= top &&
    box.bottom <= bottom;
}

function meets(a: LabelBounds, b: LabelBounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom &&
    b.top < a.bottom;
}
