import assert from "node:assert/strict";
import type { IngestBatch } from "../../engine/records.ts";
import { counterName } from "./counter_names.ts";
import { readCounters } from "./counters.ts";
import { sketchPrefix, timePrefix } from "./segment_keys.ts";
import { incomingOf } from "./entry.ts";
import { eraseUsers } from "./erase.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS, REMOTE_LIMITS } from "./limits.ts";
import { settleAll } from "./settle.ts";
import { BodySweep } from "./sweep_bodies.ts";
import { assignment, event, execution } from "./testing/records.ts";
import { verify } from "./verify.ts";

const START = Date.UTC(2026, 2, 1, 12);

/** A story of a user: what it holds differs from user to user. */
function storyOf(user: number, flag: string, n = 0): IngestBatch {
  const id = `${flag}-${user}-${n}`;
  const time = (add: number): string =>
    new Date(START - user * 61_000 + add * 1000).toISOString();
  return {
    assignments: [assignment(id, {
      flag_name: flag,
      variant_name: user % 3 === 0 ? "a" : n % 2 === 0 ? "b" : "c",
      user_id: `user-${user}`,
      config_json: user % 10 === 0 ? { only: user } : { all: true },
      assigned_at: time(0),
      overridden: user % 17 === 0,
    })],
    executions: [1, 2].map((call) =>
      execution(id, {
        execution_id: `${id}-${call}`,
        latency_ms: user * call,
        cost: user / 1000,
        error: user % 5 === 0 ? "timeout" : null,
        recorded_at: time(call),
      })
    ),
    events: [
      event(id, `${id}-o`, {
        event_type: user % 4 === 0 ? "failure" : "success",
        created_at: time(5),
      }),
      event(id, `${id}-c`, {
        event_type: "custom",
        event_name: `rated-${user % 7}`,
        value: user,
        created_at: time(6),
      }),
    ],
  };
}

async function withLedger(
  batches: readonly IngestBatch[],
  use: (kv: Deno.Kv, ledger: Ledger) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
  try {
    for (let start = 0; start < batches.length; start += 400) {
      await ledger.ingest(
        batches.slice(start, start + 400)
          .flatMap((batch) => incomingOf(batch, START)),
        0,
      );
    }
    await use(kv, ledger);
  } finally {
    await ledger.drain();
    kv.close();
  }
}

/** Every counter that is not zero, by its name. */
async function countersOf(
  kv: Deno.Kv,
  flags: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const flag of flags) {
    const rows = [sketchPrefix(flag), timePrefix(flag)].map((prefix) => ({
      prefix,
    }));
    const counters = await readCounters(kv, flag, rows);
    for (const segment of counters.segments()) {
      for (const [field, amount] of segment.fields) {
        const name = JSON.stringify(counterName(flag, segment, field));
        found.set(name, String(amount));
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => a < b ? -1 : 1));
}

async function assertVerified(kv: Deno.Kv): Promise<void> {
  assert.deepEqual((await verify(kv, START)).mismatches, []);
}

const FLAGS = ["f", "g"];

Deno.test("erasing 1,000 of 10,000 users leaves the counters of a database that never saw them", async () => {
  const users = Array.from({ length: 10_000 }, (_, n) => n);
  // The first and the last, whose times are the earliest and the latest, too.
  const isErased = (user: number): boolean => user % 10 === 0 || user === 9_999;
  const kept = users.filter((user) => !isErased(user));
  const batchesOf = (some: readonly number[]): IngestBatch[] =>
    some.map((user) => storyOf(user, user % 2 === 0 ? "f" : "g"));
  await withLedger(batchesOf(users), async (kv) => {
    const erased = await eraseUsers(
      kv,
      users.filter(isErased).map((user) => `user-${user}`),
      LOCAL_LIMITS,
      START,
    );
    assert.deepEqual(erased, { assignments: 1001, records: 5005 });
    await assertVerified(kv);
    const counters = await countersOf(kv, FLAGS);
    await withLedger(batchesOf(kept), async (never) => {
      const expected = await countersOf(never, FLAGS);
      assert.ok(expected.size > 1000);
      assert.deepEqual(counters, expected);
    });
  });
});

Deno.test("a user with many assignments is erased in as many commits as it takes, and nobody else", async () => {
  const others = [1, 2, 3].map((user) => storyOf(user, "f"));
  const many = Array.from({ length: 250 }, (_, n) => storyOf(4, "f", n));
  for (const limits of [LOCAL_LIMITS, REMOTE_LIMITS]) {
    await withLedger([...others, ...many], async (kv) => {
      const erased = await eraseUsers(kv, ["user-4", "nobody"], limits, START);
      assert.deepEqual(erased, { assignments: 250, records: 1250 });
      await assertVerified(kv);
      const counters = await countersOf(kv, FLAGS);
      await withLedger(others, async (never) => {
        assert.deepEqual(counters, await countersOf(never, FLAGS));
      });
      for await (const { key, value } of kv.list({ prefix: [] })) {
        const text = new TextDecoder().decode(
          value instanceof Uint8Array ? value : new Uint8Array(),
        );
        const where = JSON.stringify(key) + text;
        assert.ok(!where.includes("user-4"), where);
        assert.notEqual(key[0], "settle");
      }
    });
  }
});

Deno.test("an erasure that was broken off is finished by whoever settles", async () => {
  const batches = Array.from({ length: 40 }, (_, user) => storyOf(user, "f"));
  await withLedger(batches, async (kv) => {
    // The power goes after the rows, before the index and the times.
    const set = kv.list.bind(kv);
    kv.list = (selector, options) => {
      const prefix = "prefix" in selector ? selector.prefix[0] : null;
      if (
        prefix === "i" && "prefix" in selector && selector.prefix.length > 1
      ) {
        throw new Error("the power is gone");
      }
      return set(selector, options);
    };
    await assert.rejects(
      eraseUsers(kv, ["user-0", "user-39"], LOCAL_LIMITS, START),
      /power/,
    );
    kv.list = set;
    await settleAll(kv, START);
    await assertVerified(kv);
    const counters = await countersOf(kv, FLAGS);
    await withLedger(batches.slice(1, -1), async (never) => {
      assert.deepEqual(counters, await countersOf(never, FLAGS));
    });
  });
});

Deno.test("records that come while users are erased all count", async () => {
  const batches = Array.from({ length: 300 }, (_, user) => storyOf(user, "f"));
  await withLedger(batches, async (kv, ledger) => {
    const later = Array.from(
      { length: 300 },
      (_, n) => storyOf(1000 + n, "f"),
    );
    const users = Array.from({ length: 300 }, (_, n) => `user-${n}`);
    await Promise.all([
      eraseUsers(kv, users, LOCAL_LIMITS, START),
      (async () => {
        for (const batch of later) {
          await ledger.ingest(incomingOf(batch, START), 0);
        }
      })(),
    ]);
    await assertVerified(kv);
    const counters = await countersOf(kv, FLAGS);
    await withLedger(later, async (never) => {
      assert.deepEqual(counters, await countersOf(never, FLAGS));
    });
  });
});

Deno.test("what waits for an assignment and names the user goes, too", async () => {
  const waiting = (user: string): IngestBatch => ({
    assignments: [],
    executions: [execution(`w-${user}`, { user_id: user, flag_name: "f" })],
    events: [event(`w-${user}`, "e", { user_id: user, flag_name: "f" })],
  });
  await withLedger([waiting("user-1"), waiting("user-2")], async (kv) => {
    const erased = await eraseUsers(kv, ["user-1"], LOCAL_LIMITS, START);
    assert.deepEqual(erased, { assignments: 0, records: 2 });
    await assertVerified(kv);
    await withLedger([waiting("user-2")], async (never) => {
      assert.deepEqual(
        await countersOf(kv, ["f"]),
        await countersOf(never, ["f"]),
      );
    });
  });
});

Deno.test("a config that only they had goes minutes later, unless it has come again", async () => {
  const only = (user: number): IngestBatch => ({
    assignments: [
      assignment(`a${user}`, {
        user_id: `user-${user}`,
        config_json: { secret: user },
      }),
    ],
    executions: [],
    events: [],
  });
  await withLedger([1, 2, 3].map(only), async (kv, ledger) => {
    const configs = async (): Promise<number> =>
      (await Array.fromAsync(kv.list({ prefix: ["config"] }))).length;
    await eraseUsers(kv, ["user-1", "user-2"], LOCAL_LIMITS, START);
    let clock = 0;
    const sweep = new BodySweep(kv, () => clock);
    assert.equal(await sweep.run(), 0);
    clock = 179_999;
    assert.equal(await sweep.run(), 0);
    assert.equal(await configs(), 3);
    ledger.forgetBodies();
    await ledger.ingest(incomingOf(only(2), START), 0);
    clock = 180_000;
    assert.equal(await sweep.run(), 1);
    assert.equal(await configs(), 2);
    clock = 900_000;
    assert.equal(await sweep.run(), 0);
    await assertVerified(kv);
  });
});
