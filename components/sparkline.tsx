import type { JSX } from "preact";

const WIDTH = 84;
const HEIGHT = 22;
const GAP = 1;

/** Props of {@linkcode Sparkline}. */
export interface SparklineProps {
  values: readonly number[];
  /** What they are, in words. */
  label: string;
}

/** A bar for each value: how much went on, day by day. */
export function Sparkline({ values, label }: SparklineProps): JSX.Element {
  const most = Math.max(0, ...values);
  const step = WIDTH / Math.max(1, values.length);
  return (
    <svg
      class="sparkline"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      {values.map((value, at) => {
        if (value <= 0) return null;
        // Something never looks like nothing.
        const height = Math.max(2, (HEIGHT - 1) * value / most);
        return (
          <rect
            key={at}
            x={(at * step).toFixed(2)}
            y={(HEIGHT - height).toFixed(2)}
            width={(step - GAP).toFixed(2)}
            height={height.toFixed(2)}
          />
        );
      })}
    </svg>
  );
}
