import assert from "node:assert/strict";
import { Ledger } from "./ledger.ts";
import { assertVerified } from "./testing/counters.ts";
import { assignment, execution, incoming } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

/**
 * A database whose commits take their time; notes how many are under way at
 * most.
 *
 * @param firstFails Whether the first one fails, and at once.
 */
function slowKv(
  kv: Deno.Kv,
  firstFails: boolean,
): { kv: Deno.Kv; most: () => number } {
  let [begun, underWay, most] = [0, 0, 0];
  const begin = kv.atomic.bind(kv);
  Reflect.set(kv, "atomic", () => {
    const atomic = begin();
    const send = atomic.commit.bind(atomic);
    Reflect.set(atomic, "commit", async () => {
      const turn = ++begun;
      most = Math.max(most, ++underWay);
      try {
        if (turn === 1 && firstFails) return { ok: false };
        await new Promise((done) => setTimeout(done, 20));
        return await send();
      } finally {
        underWay--;
      }
    });
    return atomic;
  });
  return { kv, most: () => most };
}

const traces = ["a", "b", "c", "d", "e", "f"].flatMap((id) =>
  incoming({ assignments: [assignment(id)], executions: [execution(id)] })
);

Deno.test("a commit that fails leaves the records of another accepted, though that ends later", async () => {
  await withKv(async (memory) => {
    const { kv, most } = slowKv(memory, true);
    const limits = { ...TEST_LIMITS, checks: 4, underWay: 2 };
    const ledger = new Ledger(kv, { limits, pause: () => Promise.resolve() });
    const verdicts = await ledger.ingest(traces, 0);
    assert.deepEqual(verdicts, traces.map(() => "accepted"));
    assert.equal(most(), 2);
    await assertVerified(kv);
  });
});

Deno.test("a commit takes whole stories: the next one need not wait for it", async () => {
  await withKv(async (memory) => {
    const { kv, most } = slowKv(memory, false);
    const limits = { ...TEST_LIMITS, checks: 2, underWay: 6 };
    const ledger = new Ledger(kv, { limits, pause: () => Promise.resolve() });
    await ledger.ingest(traces, 0);
    assert.equal(most(), 6);
  });
});
