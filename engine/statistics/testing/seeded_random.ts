/**
 * A source of numbers in [0, 1) that gives the same ones for the same seed:
 * SplitMix32 steps through all 2³² states.
 *
 * Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number
 * generators, with 32-bit mixing.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  return () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53;
}
