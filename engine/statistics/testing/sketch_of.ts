import { sketchBucket } from "../../sketch.ts";
import type { Sketch } from "../flag_statistics.ts";
import { sketchFrom } from "../sketch_cells.ts";

/** The sketch that storage would keep of some values. */
export function sketchOf(
  values: Iterable<readonly [shard: number, value: number]>,
): Sketch {
  const cells = new Map<number, [number, number, number]>();
  for (const [shard, value] of values) {
    const bucket = sketchBucket(value);
    const cell = cells.get(bucket * 64 + shard);
    if (cell === undefined) cells.set(bucket * 64 + shard, [shard, bucket, 1]);
    else cell[2]++;
  }
  return sketchFrom(
    [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell),
  );
}
