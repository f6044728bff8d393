/** A source of numbers from 0 to below 1. */
export type Random = () => number;

/**
 * Numbers that are the same for the same seed, on every machine: what the demo
 * shows can be predicted, and its test cannot fail by chance.
 *
 * Source: mulberry32 by Tommy Ettinger, in the public domain.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An integer between two bounds, both included, each as likely. */
export function integerFrom(
  random: Random,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  return least + Math.floor(random() * (most - least + 1));
}

/**
 * A log-normal number: as latencies are, mostly near the median and sometimes
 * far above it.
 *
 * Source: the Box-Muller transform.
 */
export function logNormal(
  random: Random,
  median: number,
  sigma: number,
): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random()));
}
