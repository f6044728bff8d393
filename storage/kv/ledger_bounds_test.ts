import assert from "node:assert/strict";
import type { EventRecord } from "../../engine/records.ts";
import { Ledger } from "./ledger.ts";
import { KvFlagReader } from "./reader.ts";
import type { Verdict } from "./story.ts";
import { assertVerified } from "./testing/counters.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { assignment, event, execution, incoming } from "./testing/records.ts";

const options = {
  limits: TEST_LIMITS,
  pause: () => Promise.resolve(),
};

Deno.test("ingest() keeps a story that is longer than a row", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    // Two to a page: the last ones are one too many, and refused. The
    // assignment is let in all the same.
    const executions = Array.from({ length: 140 }, (_, n) =>
      execution("a", {
        execution_id: `x${n}`,
        metadata_json: { text: "é".repeat(10_000) },
      }));
    const first = await ledger.ingest(incoming({ executions }), 0);
    const taken = first.filter((verdict) => verdict === "accepted").length;
    assert.ok(taken >= 128 && taken < 140, `${taken}`);
    assert.deepEqual(
      await ledger.ingest(incoming({ assignments: [assignment("a")] }), 0),
      ["accepted"],
    );
    const again = await ledger.ingest(incoming({ executions }), 0);
    assert.ok(
      again.slice(0, taken).every((verdict) => verdict === "duplicate"),
    );
    await assertVerified(kv);
  });
});

Deno.test("ingest() refuses the records beyond an assignment's 10,000", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const executions = Array.from(
      { length: 10_001 },
      (_, n) => execution("a", { latency_ms: n }),
    );
    const verdicts = await ledger.ingest(
      incoming({ executions: executions.slice(0, 10_001) }),
      0,
    );
    assert.equal(verdicts.filter((v) => v === "accepted").length, 10_000);
    assert.deepEqual(verdicts[10_000], {
      field: "assignment_id",
      message:
        "must be that of an assignment with fewer than 10000 records, got one with 10000",
    });
    assert.deepEqual(
      await ledger.ingest(incoming({ assignments: [assignment("a")] }), 0),
      ["accepted"],
    );
  });
});

Deno.test("ingest() refuses the records beyond an assignment's 64 pages", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const events = Array.from(
      { length: 140 },
      (_, n) =>
        event("a", `e${n}`, { payload_json: { text: "x".repeat(30_000) } }),
    );
    const verdicts = await ledger.ingest(
      incoming({ assignments: [assignment("a")], events }),
      0,
    );
    const taken = verdicts.filter((verdict) => verdict === "accepted").length;
    // One of these to a page, and the last one sealed by the next.
    assert.ok(taken >= 64 && taken <= 66, `${taken}`);
    assert.deepEqual(verdicts.at(-1), {
      field: "assignment_id",
      message:
        "must be that of an assignment with fewer than 64 pages of records, got one with 64",
    });
    await assertVerified(kv);
  });
});

Deno.test("ingest() refuses what would hold more memory than the bound", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { ...options, maxWaitingBytes: 100 });
    const send = (id: string): Promise<unknown> =>
      ledger.ingest(incoming({ assignments: [assignment(id)] }), 40);
    const results = await Promise.allSettled(["a", "b", "c", "d"].map(send));
    assert.deepEqual(results.map(({ status }) => status), [
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  });
});

Deno.test("ingest() refuses what would wait beyond the bound", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { ...options, maxWaiting: 3 });
    const send = (id: string): Promise<unknown> =>
      ledger.ingest(incoming({ assignments: [assignment(id)] }), 0);
    const results = await Promise.allSettled(["a", "b", "c", "d"].map(send));
    assert.deepEqual(results.map(({ status }) => status), [
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
    ]);
    assert.equal(ledger.waiting, 0);
    await send("d");
  });
});

/** Custom events with names of a thousand bytes as they are counted. */
function named(id: string, count: number, prefix: string): EventRecord[] {
  return Array.from({ length: count }, (_, n) =>
    event(id, `${prefix} ${n}`, {
      event_type: "custom",
      event_name: `${prefix} ${n}`.padEnd(328, "."),
    }));
}

Deno.test("ingest() refuses the events whose names an assignment's row has no room for", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    // Whether the assignment is there or not.
    for (const batch of [{}, { assignments: [assignment("a")] }]) {
      const verdicts = await ledger.ingest(
        incoming({ ...batch, events: named("a", 12, "e") }),
        0,
      );
      assert.deepEqual(verdicts.at(-1), {
        field: "event_name",
        message:
          "must be among the names of an assignment's custom events, of at most 8192 bytes together, got one more",
      });
    }
    // A name that is known is taken all the same.
    const more = named("a", 1, "e")
      .map((known) => ({ ...known, event_id: "more" }));
    assert.deepEqual(await ledger.ingest(incoming({ events: more }), 0), [
      "accepted",
    ]);
    const flag = await new KvFlagReader(kv).evaluateFlag("flag");
    const { custom_events: events = {} } = flag?.variants[0] ?? {};
    assert.equal(Object.keys(events).length, 8);
    await assertVerified(kv);
  });
});

Deno.test("ingest() refuses what a user's row has no room for, and counts all the rest", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const send = (id: string, prefix: string): Promise<Verdict[]> =>
      ledger.ingest(
        incoming({
          assignments: [assignment(id, { user_id: "u" })],
          executions: [execution(id)],
          events: named(id, 8, prefix),
        }),
        0,
      );
    await ledger.ingest(
      incoming({ assignments: [assignment("first", { user_id: "u" })] }),
      0,
    );
    let [refused] = await send("a0", "names 0");
    let sent = 1;
    for (; refused === "accepted" && sent < 100; sent++) {
      [refused] = await send(`a${sent}`, `names ${sent}`);
    }
    assert.ok(sent > 10 && sent < 30, `${sent}`);
    assert.deepEqual(refused, {
      field: "user_id",
      message:
        "must be that of a user with at most 40960 bytes of variants and event names, got one with more",
    });
    // Under an assignment that is there, names that are known are taken.
    const known = named("first", 1, "names 1");
    const unknown = named("first", 1, "new");
    const calls = [execution("first")];
    const verdicts = await ledger.ingest(
      incoming({ executions: calls, events: [...known, ...unknown] }),
      0,
    );
    assert.deepEqual(verdicts, ["accepted", "accepted", {
      field: "event_name",
      message:
        "must be known for a user with at most 40960 bytes of variants and event names, got one with more",
    }]);
    await assertVerified(kv);
  });
});
