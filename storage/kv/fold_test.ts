import assert from "node:assert/strict";
import { foldFlag } from "./fold.ts";
import { deltaPrefix } from "./keys.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS, REMOTE_LIMITS } from "./limits.ts";
import { assertVerified, countersOf } from "./testing/counters.ts";
import { assignment, event, execution, incoming } from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";

async function deltasOf(kv: Deno.Kv, flag: string): Promise<number> {
  const deltas = kv.list({ prefix: deltaPrefix(flag) });
  return (await Array.fromAsync(deltas)).length;
}

Deno.test("foldFlag() changes no counter, and leaves no delta when all of it pays", async () => {
  // Of names that are as long as can be, few rows fit in a commit.
  for (
    const [flag, name] of [["flag", "v"], ["é".repeat(256), "日".repeat(170)]]
  ) {
    assert.ok(flag !== undefined && name !== undefined);
    for (const limits of [LOCAL_LIMITS, REMOTE_LIMITS]) {
      await withKv(async (kv) => {
        const ledger = new Ledger(kv, {
          limits: LOCAL_LIMITS,
          foldAfter: Infinity,
        });
        for (let n = 0; n < 120; n++) {
          await ledger.ingest(
            incoming({
              assignments: [assignment(`a${n}`, {
                flag_name: flag,
                variant_name: `${name}${n % 60}`,
              })],
              executions: [execution(`a${n}`, { latency_ms: n * 1000 })],
              events: [event(`a${n}`, "e", {
                event_type: "custom",
                event_name: `${name}${n}`,
              })],
            }),
            0,
          );
        }
        const before = await countersOf(kv);
        assert.equal(await deltasOf(kv, flag), 120);
        let folds = 0;
        while (await foldFlag(kv, flag, limits, 1) > 0) folds++;
        assert.ok(folds < 60, `${folds}`);
        assert.equal(await deltasOf(kv, flag), 0);
        assert.deepEqual(await countersOf(kv), before);
        await assertVerified(kv);
      });
    }
  }
});

Deno.test("foldFlag() does nothing when another fold was faster", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
    for (const id of ["a", "b", "c"]) {
      await ledger.ingest(incoming({ assignments: [assignment(id)] }), 0);
    }
    const folded = await Promise.all(
      [1, 2, 3].map(() => foldFlag(kv, "flag", LOCAL_LIMITS)),
    );
    assert.equal(folded.filter((deltas) => deltas > 0).length, 1);
    await assertVerified(kv);
    assert.equal(await foldFlag(kv, "no flag", LOCAL_LIMITS), 0);
  });
});

Deno.test("foldAll() folds what piled up, and leaves flags with few deltas alone", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, {
      limits: LOCAL_LIMITS,
      foldAfter: Infinity,
    });
    for (const [flag, count] of [["many", 250], ["few", 3]] as const) {
      for (let n = 0; n < count; n++) {
        const record = assignment(`${flag} ${n}`, { flag_name: flag });
        await ledger.ingest(incoming({ assignments: [record] }), 0);
      }
    }
    await ledger.foldAll();
    assert.ok(await deltasOf(kv, "many") <= 4);
    assert.equal(await deltasOf(kv, "few"), 3);
    await assertVerified(kv);
  });
});
