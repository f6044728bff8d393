import assert from "node:assert/strict";
import fc from "fast-check";
import { SKETCH_SHARDS } from "../../engine/statistics/flag_statistics.ts";
import type { SketchCell } from "../../engine/statistics/sketch_cells.ts";
import { sketchCells } from "../../engine/statistics/sketch_cells.ts";
import { encodeFields } from "./block.ts";
import { SKETCH_STRIDE } from "./fields.ts";
import { addSum } from "./flag_counters.ts";
import type { Fields } from "./flag_counters.ts";
import { FoldedSketch, withFields } from "./folded_sketch.ts";
import { chunkOf } from "./segment_keys.ts";

/** Cells by definition: all fields added up, the sums put in order. */
function expected(...parts: readonly Fields[]): SketchCell[] {
  const sum: Fields = new Map();
  for (const part of parts) {
    for (const [field, amount] of part) addSum(sum, field, amount);
  }
  return [...sum].map(([field, amount]): SketchCell => [
    Math.floor(field / SKETCH_STRIDE),
    field % SKETCH_STRIDE,
    Number(amount),
  ]).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

/** A sketch as a fold writes it: rows of four shards each. */
function folded(fields: Fields): FoldedSketch {
  const rows = new Map<number, Fields>();
  for (const [field, amount] of fields) {
    const chunk = chunkOf({ kind: "sketch", variant: "", part: "cost" }, field);
    const row: Fields = rows.get(chunk) ?? new Map();
    rows.set(chunk, row.set(field, amount));
  }
  const sketch = new FoldedSketch();
  for (const [, row] of [...rows].sort(([a], [b]) => a - b)) {
    sketch.add(encodeFields(row));
  }
  return sketch;
}

const field = fc.tuple(
  fc.integer({ min: 0, max: SKETCH_SHARDS - 1 }),
  fc.oneof(
    fc.constantFrom(0, 1, SKETCH_STRIDE - 1),
    fc.integer({ min: 0, max: 3000 }),
  ),
).map(([shard, bucket]) => shard * SKETCH_STRIDE + bucket);
const fieldsOf = (min: number, max: number): fc.Arbitrary<Fields> =>
  fc.array(
    fc.tuple(field, fc.integer({ min, max }).filter((count) => count !== 0)),
    { maxLength: 200 },
  ).map((pairs) => new Map(pairs));

Deno.test("a sketch has the cells of its rows and of what no fold has gathered", () => {
  fc.assert(fc.property(
    fieldsOf(1, 2 ** 40),
    fieldsOf(-5, 5),
    fieldsOf(1, 5),
    (rows, pending, more) => {
      // Some of what comes later takes out all that a cell has.
      for (const [at, [field, count]] of [...rows].entries()) {
        if (at % 3 === 0) pending.set(field, -Number(count));
      }
      const sketch = folded(rows);
      assert.equal(sketch.size, rows.size);
      const sum = sketch.with(pending);
      assert.deepEqual(sketchCells(sum), expected(rows, pending));
      assert.deepEqual(
        sketchCells(withFields(sum, more)),
        expected(rows, pending, more),
      );
      // What was decoded serves again, and is not changed by what was added.
      assert.deepEqual(sketchCells(sketch.with(new Map())), expected(rows));
    },
  ));
});
