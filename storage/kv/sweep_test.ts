import assert from "node:assert/strict";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { sweepMinutes } from "./sweep.ts";
import { countersOf } from "./testing/counters.ts";
import {
  assignment,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

Deno.test("sweepMinutes() deletes the minutes past their time, and nothing else", async () => {
  await withKv(async (kv) => {
    const hour = 3_600_000;
    const at = (hours: number): string =>
      new Date(RECEIVED_AT - hours * hour).toISOString();
    await new Ledger(kv, { limits: TEST_LIMITS }).ingest(
      incoming({
        assignments: [assignment("a", { assigned_at: at(60) })],
        executions: [10, 48, 50, 59].map((hours) =>
          execution("a", { recorded_at: at(hours) })
        ),
      }),
      0,
    );
    const before = await countersOf(kv);
    await foldFlag(kv, "flag", TEST_LIMITS);
    assert.deepEqual(await countersOf(kv), before);
    // The hours of the 49th and later hours before, of which each is a row.
    assert.equal(await sweepMinutes(kv, RECEIVED_AT), 3);
    const after = await countersOf(kv);
    const gone = Object.keys(before).filter((key) => !(key in after));
    const starts = new Set(gone.map((key) => {
      const [, space, , granularity, minute] = JSON.parse(key);
      assert.deepEqual([space, granularity], ["time", "minute"]);
      return new Date(minute * 60_000).toISOString();
    }));
    assert.deepEqual(starts, new Set([at(60), at(59), at(50)]));
    assert.equal(await sweepMinutes(kv, RECEIVED_AT), 0);
  });
});
