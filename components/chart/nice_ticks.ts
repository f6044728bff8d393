/** Round values for an axis that starts where its values do. */
export interface NiceTicks {
  readonly min: number;
  readonly max: number;
  /** From `min` to `max`. */
  readonly ticks: readonly number[];
}

/**
 * Ticks at 1, 2 or 5 times a power of ten around values, with a little room.
 *
 * @param target About how many steps are wanted.
 * @param from A value that the axis has to begin at; null lets it begin near
 * the least value.
 */
export function niceTicks(
  values: readonly number[],
  target: number,
  from: number | null,
): NiceTicks {
  const finite = values.filter(Number.isFinite);
  const low = from ?? Math.min(...finite);
  const high = Math.max(...finite);
  const [least, most] = finite.length === 0
    ? [from ?? 0, (from ?? 0) + 1]
    : high > low
    ? [low, high]
    // All the same: some room on both sides.
    : [from ?? low - Math.abs(low || 1) / 10, low + Math.abs(low || 1) / 10];
  const step = niceStep((most - least) / Math.max(1, target));
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  const ticks = Array.from(
    { length: last - first + 1 },
    (_, index) => Number(((first + index) * step).toPrecision(12)),
  );
  return { min: ticks[0] ?? least, max: ticks.at(-1) ?? most, ticks };
}

/** 1, 2 or 5 times a power of ten, at least as large as a step. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * 0.999) ?? 10;
  return factor * power;
}
