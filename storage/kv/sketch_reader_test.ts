import assert from "node:assert/strict";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { SketchReader } from "./sketch_reader.ts";
import { assignment, execution, incoming } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

Deno.test("SketchReader gives the same state until something is written, by whomever", async () => {
  await withKv(async (kv) => {
    const write = (id: string) =>
      new Ledger(kv, { limits: TEST_LIMITS }).ingest(
        incoming({
          assignments: [assignment(id)],
          executions: [execution(id)],
        }),
        0,
      );
    const valuesOf = (sketch: readonly (readonly number[])[]): number =>
      sketch.reduce((sum, cell) => sum + (cell[2] ?? 0), 0);
    const reader = new SketchReader(kv);
    await write("a");
    const first = await reader.read("flag");
    const sketch = first.sketch("control", "latency");
    assert.equal(await reader.read("flag"), first);
    assert.equal(first.sketch("control", "latency"), sketch);
    assert.equal(valuesOf(sketch), 1);

    await write("b");
    const second = await reader.read("flag");
    assert.notEqual(second, first);
    assert.equal(valuesOf(second.sketch("control", "latency")), 2);
    assert.equal(valuesOf(first.sketch("control", "latency")), 1);

    assert.ok(await foldFlag(kv, "flag", TEST_LIMITS, 1) > 0);
    const folded = await reader.read("flag");
    assert.notEqual(folded, second);
    assert.deepEqual(
      folded.sketch("control", "latency"),
      second.sketch("control", "latency"),
    );
  });
});
