import { type Sketch, SKETCH_SHARDS } from "./flag_statistics.ts";

/** Shard from 0, bucket, and the number of values in it. */
export type SketchCell = readonly [
  shard: number,
  bucket: number,
  count: number,
];

/** A sketch without values. */
export const NO_VALUES: Sketch = sketchFrom([]);

/**
 * A sketch from its cells.
 *
 * @param cells In ascending order of bucket, then shard.
 */
export function sketchFrom(cells: readonly SketchCell[]): Sketch {
  return {
    cells: Uint32Array.from(
      cells,
      ([shard, bucket]) => bucket * SKETCH_SHARDS + shard,
    ),
    counts: Float64Array.from(cells, ([, , count]) => count),
  };
}

/** The cells of a sketch: the reverse of {@linkcode sketchFrom}. */
export function sketchCells({ cells, counts }: Sketch): SketchCell[] {
  return Array.from(cells, (cell, at) => [
    cell % SKETCH_SHARDS,
    Math.floor(cell / SKETCH_SHARDS),
    counts[at] ?? 0,
  ]);
}

/** The number of values in a sketch. */
export function valuesIn({ counts }: Sketch): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
