import assert from "node:assert/strict";
import type { IngestBatch } from "../../engine/records.ts";
import { counterName } from "./counter_names.ts";
import { readCounters } from "./counters.ts";
import { sketchPrefix, timePrefix } from "./segment_keys.ts";
import { deleteFlag } from "./delete_flag.ts";
import { retireWaiting } from "./delete_waiting.ts";
import { incomingOf } from "./entry.ts";
import { eraseUsers } from "./erase.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS, REMOTE_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import { retire } from "./retire.ts";
import { sweepMinutes } from "./sweep.ts";
import { assignment, event, execution } from "./testing/records.ts";
import { verify } from "./verify.ts";

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 2, 1, 12);
const MOST = 100_000;

/** What came on a day: users come again on several. */
function dayOf(day: number, flag = "f"): IngestBatch {
  const at = new Date(START + day * DAY).toISOString();
  const ids = Array.from({ length: 70 }, (_, n) => `${flag}-${day}-${n}`);
  return {
    assignments: ids.map((id, n) =>
      assignment(id, {
        flag_name: flag,
        variant_name: n % 2 === 0 ? "a" : "b",
        user_id: `user-${(day * 7 + n) % 100}`,
        config_json: { day },
        assigned_at: at,
        overridden: n === 3,
      })
    ),
    executions: ids.map((id, n) =>
      execution(id, { execution_id: id, cost: n / 100, recorded_at: at })
    ),
    events: ids.flatMap((id, n) => [
      event(id, `${id}-o`, {
        event_type: n % 3 ? "success" : "failure",
        created_at: at,
      }),
      event(id, `${id}-c`, {
        event_type: "custom",
        event_name: `e${n % 4}`,
        value: n,
        created_at: at,
      }),
    ]),
  };
}

async function withDays(
  days: number,
  use: (kv: Deno.Kv, ledger: Ledger) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
  try {
    for (let day = 0; day < days; day++) {
      for (const flag of ["f", "g"]) {
        const batch = dayOf(day, flag);
        await ledger.ingest(incomingOf(batch, START + day * DAY), 0);
      }
    }
    await use(kv, ledger);
  } finally {
    await ledger.drain();
    kv.close();
  }
}

async function countersOf(kv: Deno.Kv): Promise<Map<string, string>> {
  const found: [string, string][] = [];
  for (const flag of ["f", "g"]) {
    const rows = [sketchPrefix(flag), timePrefix(flag)].map((prefix) => ({
      prefix,
    }));
    for (const segment of (await readCounters(kv, flag, rows)).segments()) {
      for (const [field, amount] of segment.fields) {
        const name = JSON.stringify(counterName(flag, segment, field));
        found.push([name, String(amount)]);
      }
    }
  }
  return new Map(found.sort(([a], [b]) => a < b ? -1 : 1));
}

async function assertVerified(
  kv: Deno.Kv,
  now: number,
  assignments: number,
): Promise<void> {
  for (const usersPerPart of [30, 10_000]) {
    const found = await verify(kv, now, usersPerPart);
    assert.deepEqual(found.mismatches, []);
    assert.equal(found.assignments, assignments);
  }
}

Deno.test("retire() deletes what is old, in steps, and every counter stays; verify() agrees after each step", async () => {
  for (const limits of [LOCAL_LIMITS, REMOTE_LIMITS]) {
    await withDays(10, async (kv) => {
      const now = START + 20 * DAY;
      await sweepMinutes(kv, now);
      const before = await countersOf(kv);
      // All that came on the days 0 to 5.
      const options = { before: START + 6 * DAY, limits };
      const steps: number[] = [];
      for (let left = 1400, step = 1; step > 0; left -= step) {
        step = await retire(kv, { ...options, most: 300 });
        steps.push(step);
        await assertVerified(kv, now, left - step);
      }
      assert.equal(steps.reduce((sum, step) => sum + step), 840);
      assert.ok(steps.length > 2);
      assert.deepEqual(await countersOf(kv), before);
    });
  }
});

Deno.test("a user who comes again after retention is no new user, and all adds up", async () => {
  await withDays(4, async (kv, ledger) => {
    const reader = new KvFlagReader(kv, () => START + 20 * DAY);
    const users = async (): Promise<number> =>
      (await reader.evaluateFlag("f"))?.variants
        .reduce((sum, variant) => sum + variant.users, 0) ?? 0;
    const before = await users();
    const options = { before: START + 30 * DAY, limits: LOCAL_LIMITS };
    await retire(kv, { ...options, most: MOST });
    await assertVerified(kv, START + 20 * DAY, 0);
    const again = dayOf(0);
    const batch = {
      ...again,
      assignments: again.assignments.map((each) => ({
        ...each,
        assignment_id: `again-${each.assignment_id}`,
      })),
      executions: [],
      events: [],
    };
    await ledger.ingest(incomingOf(batch, START + 40 * DAY), 0);
    assert.equal(await users(), before);
    await assertVerified(kv, START + 40 * DAY, 70);
    // It can be retired in its turn.
    await retire(kv, { ...options, before: START + 50 * DAY, most: MOST });
    await assertVerified(kv, START + 40 * DAY, 0);
  });
});

Deno.test("records that come while others are deleted all count", async () => {
  await withDays(6, async (kv, ledger) => {
    const before = START + 5.5 * DAY;
    await Promise.all([
      retire(kv, { before, limits: LOCAL_LIMITS, most: MOST }),
      (async () => {
        for (let day = 6; day < 12; day++) {
          await ledger.ingest(incomingOf(dayOf(day), START + day * DAY), 0);
        }
      })(),
    ]);
    await assertVerified(kv, START + 30 * DAY, 6 * 70);
    await withDays(6, async (never, other) => {
      for (let day = 6; day < 12; day++) {
        await other.ingest(incomingOf(dayOf(day), START + day * DAY), 0);
      }
      assert.deepEqual(await countersOf(kv), await countersOf(never));
    });
  });
});

Deno.test("after retention users are erased and flags deleted, and verify() agrees", async () => {
  await withDays(6, async (kv) => {
    const now = START + 30 * DAY;
    await sweepMinutes(kv, now);
    const before = START + 3 * DAY;
    await retire(kv, { before, limits: LOCAL_LIMITS, most: MOST });
    const users = Array.from({ length: 40 }, (_, n) => `user-${n}`);
    await eraseUsers(kv, users, LOCAL_LIMITS, now);
    assert.deepEqual((await verify(kv, now)).mismatches, []);
    for await (const { key } of kv.list({ prefix: [] })) {
      if (key[0] === "u" || key[0] === "past") {
        assert.ok(!users.includes(String(key[2])), String(key));
      }
    }
    await deleteFlag(kv, "f", LOCAL_LIMITS, now);
    assert.deepEqual((await verify(kv, now)).mismatches, []);
    const flags = [...(await countersOf(kv)).keys()]
      .map((name) => JSON.parse(name)[0]);
    assert.deepEqual([...new Set(flags)], ["g"]);
  });
});

Deno.test("retireWaiting() deletes what waits for its assignment since long, and nothing else", async () => {
  await withDays(2, async (kv, ledger) => {
    const wait = (id: string, day: number): IngestBatch => ({
      assignments: [],
      executions: [
        execution(id, {
          recorded_at: new Date(START + day * DAY).toISOString(),
          flag_name: "f",
        }),
      ],
      events: [],
    });
    for (const day of [0, 1, 20]) {
      const batch = wait(`w${day}`, day);
      await ledger.ingest(incomingOf(batch, START + day * DAY), 0);
    }
    let from: string | null = null;
    let rounds = 0;
    do {
      from = await retireWaiting(kv, START + 10 * DAY, from, 50);
      rounds++;
    } while (from !== null);
    assert.ok(rounds > 3);
    const found = await verify(kv, START);
    assert.deepEqual(found.mismatches, []);
    assert.equal(found.orphans, 1);
    assert.equal(found.assignments, 280);
  });
});
