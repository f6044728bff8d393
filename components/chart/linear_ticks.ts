/** Round values for an axis that starts at zero. */
export interface LinearTicks {
  /** The end of the axis: the last tick. */
  readonly max: number;
  readonly ticks: readonly number[];
}

/**
 * Ticks at 1, 2, 2.5 or 5 times a power of ten, from zero to at least `max`.
 *
 * @param max The greatest value to show.
 * @param target About how many steps are wanted.
 * @param whole Whether only whole numbers make sense, as with counts.
 */
export function linearTicks(
  max: number,
  target: number,
  whole: boolean,
): LinearTicks {
  const top = Number.isFinite(max) && max > 0 ? max : 1;
  const rough = top / target;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= rough * 0.999) ??
    10;
  const step = whole ? Math.max(1, Math.ceil(factor * power)) : factor * power;
  const steps = Math.max(1, Math.ceil(top / step - 1e-9));
  const ticks = Array.from(
    { length: steps + 1 },
    // Without this, 3 * 0.1 would be labelled 0.30000000000000004.
    (_, index) => Number((index * step).toPrecision(12)),
  );
  return { max: ticks[steps] ?? top, ticks };
}
