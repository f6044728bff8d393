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

/** By the power of two: looked up, since powers take most of a lookup's time. */
const WIDTHS: readonly number[] = [
  0,
  ...Array.from({ length: 64 }, (_, power) => 2 ** power),
];

/** How wide a bucket is, in the unit of the values; 0 for that of one integer. */
export function bucketWidth(bucket: number): number {
  return WIDTHS[Math.floor(bucket / 64)] ?? NaN;
}

/** The middle of a bucket, in the unit of the values. */
export function sketchValue(bucket: number): number {
  if (bucket < 64) return bucket;
  const width = bucketWidth(bucket);
  return (64 + bucket % 64) * width + (width - 1) / 2;
}
