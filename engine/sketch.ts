/**
 * The bucket of a value in a log-linear histogram: integers below 64 have a
 * bucket each, and every further power of two is cut into 64 equal parts, so
 * that a bucket's middle is within 0.78% of any value in it. Integer
 * arithmetic leaves no ties at the bounds.
 *
 * Source: HdrHistogram's layout, with 64 sub-buckets.
 *
 * @param value A non-negative integer below 2^53.
 */
export function sketchBucket(value: number): number {
  if (value < 64) return value;
  let exponent = 6;
  let scaled = value;
  // Division, not a shift: shifts cut a number to 32 bits.
  while (scaled >= 128) {
    scaled = Math.floor(scaled / 2);
    exponent++;
  }
  return (exponent - 5) * 64 + (scaled - 64);
}

/** The middle of a bucket, in the unit of the values. */
export function sketchValue(bucket: number): number {
  if (bucket < 64) return bucket;
  const width = 2 ** (Math.floor(bucket / 64) - 1);
  return (64 + bucket % 64) * width + (width - 1) / 2;
}

/**
 * The value below which a share of all values lies, by nearest rank.
 *
 * @param buckets Bucket and how many values it holds, in ascending order.
 * @param share From 0 to 1: 0.5 asks for the median.
 * @returns Within 0.78% of the true value, in the unit of the values, or null
 * when there are none.
 */
export function sketchQuantile(
  buckets: readonly (readonly [bucket: number, count: number])[],
  share: number,
): number | null {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  for (const [bucket, count] of buckets) {
    seen += count;
    if (seen >= rank) return sketchValue(bucket);
  }
  return null;
}
