/** Ticks of a logarithmic axis: 1, 2 and 5 times the powers of ten. */
export function logTicks(
  least: number,
  most: number,
  target: number,
): number[] {
  if (!(least > 0) || !(most >= least)) return [];
  const from = Math.floor(Math.log10(least));
  const to = Math.ceil(Math.log10(most));
  const decades = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const candidates = [[1, 2, 5], [1, 3], [1]].map((factors) =>
    decades
      .flatMap((power) =>
        // Without this, 5 * 10 ** -5 would be 0.000050000000000000004.
        factors.map((factor) => Number(`${factor}e${power}`))
      )
      .filter((tick) => tick >= least && tick <= most)
  );
  const fitting = candidates.find((ticks) => ticks.length <= target);
  if (fitting !== undefined) return fitting;
  const powers = candidates.at(-1) ?? [];
  const stride = Math.ceil(powers.length / Math.max(1, target));
  return powers.filter((_, index) => index % stride === 0);
}
