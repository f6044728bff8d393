import assert from "node:assert/strict";
import { sketchCells, valuesIn } from "../../engine/statistics/sketch_cells.ts";
import { readTail } from "./counters.ts";
import { USERS } from "./fields.ts";
import { type Fold, foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { KvFlagReader } from "./reader.ts";
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
    const reader = new SketchReader(kv);
    await write("a");
    const first = await reader.read("flag");
    const sketch = first.sketch("control", "latency");
    assert.equal(await reader.read("flag"), first);
    assert.equal(first.sketch("control", "latency"), sketch);
    assert.equal(valuesIn(sketch), 1);

    await write("b");
    const second = await reader.read("flag");
    assert.notEqual(second, first);
    assert.equal(valuesIn(second.sketch("control", "latency")), 2);
    assert.equal(valuesIn(first.sketch("control", "latency")), 1);

    assert.ok(await foldFlag(kv, "flag", TEST_LIMITS, 1) > 0);
    const folded = await reader.read("flag");
    assert.notEqual(folded, second);
    assert.deepEqual(
      folded.sketch("control", "latency"),
      second.sketch("control", "latency"),
    );
  });
});

Deno.test("a state with what was written since is the state that is read anew", async () => {
  await withKv(async (kv) => {
    let writes = 0;
    const write = async (): Promise<void> => {
      const id = `${writes++}`;
      const ledger = new Ledger(kv, { limits: TEST_LIMITS, foldAfter: 1000 });
      await ledger.ingest(
        incoming({
          assignments: [
            assignment(id, {
              user_id: `user ${writes % 7}`,
              variant_name: writes % 3 === 0 ? "a variant" : "control",
            }),
          ],
          executions: [execution(id, { latency_ms: 100 + writes * 37 % 900 })],
        }),
        0,
      );
    };
    const kept = new KvFlagReader(kv);
    for (let step = 0; step < 120; step++) {
      if (step % 4 !== 3) await write();
      // The first folds are those of another process.
      const told = step < 60 ? undefined : (fold: Fold) => kept.folded(fold);
      if (step % 10 === 9) await foldFlag(kv, "flag", TEST_LIMITS, 1, told);
      else if (step % 5 === 4) {
        await foldFlag(kv, "flag", TEST_LIMITS, 5000, told);
      }
      if (step % 7 === 6) await write();
      const version = await kept.readVersion("flag");
      const anew = new KvFlagReader(kv);
      assert.deepEqual(
        await kept.readStatistics("flag", version),
        await anew.readStatistics("flag"),
      );
      assert.deepEqual(
        await kept.evaluateFlag("flag", version),
        await anew.evaluateFlag("flag"),
      );
      assert.deepEqual(
        await kept.readStatistics("flag"),
        await anew.readStatistics("flag"),
      );
    }
  });
});

Deno.test("a state that is added to stays as it was", async () => {
  await withKv(async (kv) => {
    const write = (id: string) =>
      new Ledger(kv, { limits: TEST_LIMITS }).ingest(
        incoming({
          assignments: [assignment(id)],
          executions: [execution(id)],
        }),
        0,
      );
    const reader = new SketchReader(kv);
    await write("a");
    const first = await reader.read("flag");
    const fields = [...first.counters.fields("total", "control", "")];
    const cells = sketchCells(first.sketch("control", "latency"));
    await write("b");
    const tail = await readTail(kv, "flag");
    reader.keep("flag", tail);
    const second = await reader.read("flag", tail.version);
    assert.equal(second.version, tail.version);
    assert.notDeepEqual(
      [...second.counters.fields("total", "control", "")],
      fields,
    );
    assert.deepEqual(
      [...first.counters.fields("total", "control", "")],
      fields,
    );
    assert.deepEqual(sketchCells(first.sketch("control", "latency")), cells);
  });
});

Deno.test("a fold of this process takes no read of everything", async () => {
  await withKv(async (kv) => {
    let lists = 0;
    const counted = new Proxy(kv, {
      get(target, name) {
        if (name === "list") lists++;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const reader = new SketchReader(counted);
    const ledger = new Ledger(kv, {
      limits: TEST_LIMITS,
      foldAfter: Infinity,
    });
    const write = (...ids: string[]) =>
      ledger.ingest(
        incoming({
          assignments: ids.map((id) => assignment(id)),
          executions: ids.map((id) => execution(id)),
        }),
        0,
      );
    await write("a");
    await reader.read("flag");
    for (const [at, minCells] of [5000, 1, 5000, 1, 1].entries()) {
      await write(`folded ${at}`);
      const told = (fold: Fold): void => reader.folded(fold);
      assert.ok(await foldFlag(kv, "flag", TEST_LIMITS, minCells, told) > 0);
      await write(`new ${at}`);
      lists = 0;
      const state = await reader.read("flag");
      assert.equal(lists, 1);
      assert.equal(valuesIn(state.sketch("control", "latency")), 3 + 2 * at);
      assert.equal(
        state.counters.fields("total", "control", "").get(USERS),
        (await new SketchReader(kv).read("flag")).counters
          .fields("total", "control", "").get(USERS),
      );
    }
  });
});
