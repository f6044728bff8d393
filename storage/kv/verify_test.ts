import assert from "node:assert/strict";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { countersOf } from "./testing/counters.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";
import { verify } from "./verify.ts";

async function fill(kv: Deno.Kv): Promise<void> {
  await new Ledger(kv, { limits: LOCAL_LIMITS }).ingest(
    incoming({
      assignments: [assignment("a"), assignment("b")],
      executions: [execution("a"), execution("orphan")],
      events: [
        event("a", "e1"),
        event("b", "e2", { event_type: "custom", event_name: "edited" }),
      ],
    }),
    0,
  );
}

Deno.test("verify() finds nothing wrong with what a ledger counted", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const { counters, ...found } = await verify(kv, RECEIVED_AT);
    assert.deepEqual(found, {
      assignments: 2,
      records: 6,
      orphans: 1,
      uncounted: 0,
      mismatches: [],
    });
    assert.equal(counters, Object.keys(await countersOf(kv)).length);
  });
});

Deno.test("verify() finds every single counter that is off by one", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    for (const [id, value] of Object.entries(await countersOf(kv))) {
      const key: Deno.KvKey = JSON.parse(id);
      for (const wrong of [value + 1n, value - 1n]) {
        await kv.set(key, new Deno.KvU64(wrong));
        const { mismatches } = await verify(kv, RECEIVED_AT);
        assert.deepEqual(mismatches, [
          { key: id, recounted: value, counted: wrong },
        ]);
      }
      await kv.delete(key);
      const { mismatches } = await verify(kv, RECEIVED_AT);
      assert.deepEqual(mismatches, [
        { key: id, recounted: value, counted: null },
      ]);
      await kv.set(key, new Deno.KvU64(value));
    }
  });
});

Deno.test("verify() finds a counter that no record stands for", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const key = ["total", "flag", "ghost", "users"];
    await kv.set(key, new Deno.KvU64(1n));
    const { mismatches } = await verify(kv, RECEIVED_AT);
    assert.deepEqual(mismatches, [
      { key: JSON.stringify(key), recounted: null, counted: 1n },
    ]);
  });
});

Deno.test("verify() does not look at minutes that are past their time", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    for await (const { key } of kv.list({ prefix: ["time", "minute"] })) {
      await kv.delete(key);
    }
    const days = 3 * 86_400_000;
    const found = await verify(kv, RECEIVED_AT + days);
    assert.deepEqual(found.mismatches, []);
    const early = await verify(kv, RECEIVED_AT);
    assert.ok(early.mismatches.length > 0);
  });
});
