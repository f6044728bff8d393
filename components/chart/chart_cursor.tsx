import type { JSX } from "preact";
import type { ChartLayout } from "./chart_layout.ts";

/** Props of {@linkcode ChartCursor}. */
export interface ChartCursorProps {
  layout: ChartLayout;
  /** How many buckets there are. */
  size: number;
  /** The bucket being read, if any. */
  active: number | null;
  /** The same in words. */
  activeText: string;
  onActive(index: number | null): void;
}

/** Picks a bucket to read, by pointer or with the arrow keys. */
export function ChartCursor(
  { layout, size, active, activeText, onActive }: ChartCursorProps,
): JSX.Element {
  const { left, right, top, bottom } = layout;
  const last = Math.max(0, size - 1);
  const step = last === 0 ? 0 : (right - left) / last;
  const x = left + step * (active ?? 0);

  function onPointer(event: JSX.TargetedPointerEvent<SVGRectElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    onActive(Math.min(last, Math.max(0, Math.round(share * last))));
  }

  function onKey(event: JSX.TargetedKeyboardEvent<SVGRectElement>): void {
    const next = keyTarget(event.key, active ?? last, last);
    if (next === undefined) return;
    event.preventDefault();
    onActive(next);
  }

  return (
    <>
      {active !== null && (
        <line class="cursor" x1={x} x2={x} y1={top} y2={bottom} />
      )}
      <rect
        class="cursor-area"
        x={left}
        y={top}
        width={right - left}
        height={bottom - top}
        role="slider"
        tabIndex={0}
        aria-label="Time to read"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={active ?? last}
        aria-valuetext={activeText}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => onActive(null)}
        onKeyDown={onKey}
        onBlur={() => onActive(null)}
      />
    </>
  );
}

/** Where a key leads: a bucket, null for none, undefined for another key. */
function keyTarget(
  key: string,
  from: number,
  last: number,
): number | null | undefined {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, from - 1);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(last, from + 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return null;
  }
}
