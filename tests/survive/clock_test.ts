import assert from "node:assert/strict";
import { ingest } from "../../server/ingest.ts";
import { serviceOn } from "../../server/service.ts";
import { post } from "../../server/testing/with_service.ts";
import { LOCAL_LIMITS } from "../../storage/kv/limits.ts";
import { sweepMinutes } from "../../storage/kv/sweep.ts";
import {
  assignment,
  event,
  execution,
} from "../../storage/kv/testing/records.ts";
import { verify } from "../../storage/kv/verify.ts";

const START = Date.UTC(2026, 2, 1, 12);
const DAY = 24 * 3600 * 1000;

Deno.test("a clock that jumps ahead, back, and to 1970 costs no record and no counter", async () => {
  const kv = await Deno.openKv(":memory:");
  let now = START;
  const service = serviceOn({ kv, limits: LOCAL_LIMITS }, {}, () => now);
  try {
    let sent = 0;
    for (
      const jump of [0, 400 * DAY, -400 * DAY, 3600_000, -START, 30_000, DAY]
    ) {
      now = Math.max(1000, START + jump);
      const id = `a${sent++}`;
      const batch = {
        // Without a time of its own, and with one of a client whose clock
        // is right.
        assignments: [
          assignment(id, { assigned_at: "", flag_name: "clock" }),
        ].map(({ assigned_at: _, ...rest }) => rest),
        executions: [
          execution(id, { recorded_at: new Date(START).toISOString() }),
        ],
        events: [event(id, `e${id}`)],
      };
      const response = await ingest(
        service,
        post("/api/v1/ingest", batch),
        null,
      );
      assert.deepEqual(await response.json(), {
        accepted: 3,
        duplicates: 0,
        rejected: [],
      });
    }
    // Else the minutes are in deltas, which no sweep takes apart.
    await service.ledger.foldAll();
    for (const at of [START + 400 * DAY, 0, START]) {
      now = at;
      await sweepMinutes(kv, at);
      const { mismatches, records } = await verify(kv, at);
      assert.deepEqual(mismatches, []);
      assert.equal(records, sent * 3);
    }
    const evaluation = await service.reader.evaluateFlag("clock");
    const counted = evaluation?.variants.map((v) => v.executions) ?? [];
    assert.deepEqual(counted, [sent]);
  } finally {
    await service.close();
  }
});
