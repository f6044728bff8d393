import assert from "node:assert/strict";
import { Ledger } from "./ledger.ts";
import { StorageUnavailableError } from "./request_queue.ts";
import { REMOTE_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import { assertVerified, countersOf } from "./testing/counters.ts";
import { faultyKv } from "./testing/faulty_kv.ts";
import type { Fault } from "./testing/faulty_kv.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";

const options = {
  limits: TEST_LIMITS,
  pause: () => Promise.resolve(),
};

const story = incoming({
  assignments: [assignment("a")],
  executions: [execution("a", { execution_id: "x" })],
  events: [
    event("a", "e1", { created_at: "2026-03-01T11:02:00.000001+00:00" }),
    event("a", "e2", {
      event_type: "failure",
      created_at: "2026-03-01T11:02:00.000002+00:00",
    }),
    event("a", "e3", { event_type: "custom", event_name: "edited" }),
  ],
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest])
  );
}

Deno.test("ingest() counts a story the same in all 120 orders of its records, with duplicates", async () => {
  let expected: { [key: string]: bigint } | null = null;
  for (const order of permutations(story)) {
    await withKv(async (kv) => {
      const ledger = new Ledger(kv, options);
      const [start, end] = [order.slice(0, 2), order.slice(2)];
      // Within a batch, across batches, and at the end all over again.
      const first = await ledger.ingest([...start, ...start], 0);
      assert.deepEqual(first, [
        "accepted",
        "accepted",
        "duplicate",
        "duplicate",
      ]);
      for (const record of end) {
        const verdicts = await ledger.ingest([...start, record], 0);
        assert.deepEqual(verdicts, ["duplicate", "duplicate", "accepted"]);
      }
      const again = await ledger.ingest(order, 0);
      assert.deepEqual(again, order.map(() => "duplicate"));
      await assertVerified(kv);
      const counters = await countersOf(kv);
      expected ??= counters;
      assert.deepEqual(counters, expected);
    });
  }
});

Deno.test("ingest() counts the latest outcome once", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    await ledger.ingest(story, 0);
    const [variant] =
      (await new KvFlagReader(kv).evaluateFlag("flag"))?.variants ??
        [];
    assert.equal(variant?.failures, 1);
    assert.equal(variant?.successes, 0);
    assert.deepEqual(variant?.custom_events, {
      edited: { count: 1, assignments: 1 },
    });
  });
});

Deno.test("ingest() counts a custom event of one name under its assignment once, however far apart it comes", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const edited = { event_type: "custom", event_name: "edited" } as const;
    await ledger.ingest(incoming({ assignments: [assignment("a")] }), 0);
    for (const id of ["e1", "e2", "e3"]) {
      await ledger.ingest(incoming({ events: [event("a", id, edited)] }), 0);
    }
    const flag = await new KvFlagReader(kv).evaluateFlag("flag");
    assert.deepEqual(flag?.variants[0]?.custom_events, {
      edited: { count: 3, assignments: 1 },
    });
    await assertVerified(kv);
  });
});

Deno.test("ingest() knows an execution without id again, whether it names its flag or not", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const sent = execution("a");
    const named = { ...sent, flag_name: "flag", user_id: "user of a" };
    await ledger.ingest(
      incoming({ assignments: [assignment("a")], executions: [named] }),
      0,
    );
    for (const again of [named, sent]) {
      const verdicts = await ledger.ingest(
        incoming({ executions: [again] }),
        0,
      );
      assert.deepEqual(verdicts, ["duplicate"]);
    }
  });
});

Deno.test("ingest() does not let a clock that is ahead decide an outcome for good", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const created_at = "2036-03-01T12:00:00Z";
    const failure = event("a", "e1", { event_type: "failure", created_at });
    const later = { created_at: "2036-03-01T12:00:01Z" };
    await ledger.ingest(
      incoming({
        assignments: [assignment("a"), assignment("b")],
        // Of two of that clock's events the later one counts.
        events: [failure, event("a", "e0", later)],
      }),
      0,
    );
    await ledger.ingest(
      incoming({ events: [{ ...failure, assignment_id: "b" }] }),
      0,
    );
    const received = new Date(RECEIVED_AT + 1).toISOString();
    await ledger.ingest(
      incoming({ events: [event("b", "e2", { created_at: received })] }),
      0,
    );
    const flag = await new KvFlagReader(kv).evaluateFlag("flag");
    assert.equal(flag?.variants[0]?.successes, 2);
    await assertVerified(kv);
  });
});

Deno.test("ingest() gives each record of a batch its own verdict", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const verdicts = await ledger.ingest(
      incoming({
        assignments: [
          assignment("a"),
          assignment("a", { variant_name: "concise" }),
          assignment("b"),
        ],
      }),
      0,
    );
    assert.equal(verdicts[0], "accepted");
    assert.deepEqual(verdicts[1], {
      field: "assignment_id",
      message:
        'must belong to one decision, got the id of another: its variant is "control", not "concise"',
    });
    assert.equal(verdicts[2], "accepted");
  });
});

Deno.test("ingest() splits what one commit cannot hold", async () => {
  const batch = incoming({
    assignments: Array.from({ length: 300 }, (_, n) =>
      assignment(`a${n}`, {
        flag_name: `${"f".repeat(500)}${n}`,
        variant_name: "v".repeat(512),
      })),
    executions: Array.from({ length: 300 }, (_, n) =>
      execution(`a${n}`, {
        metadata_json: { text: "x".repeat(n % 3 === 0 ? 32_000 : 10) },
      })),
    events: Array.from({ length: 300 }, (_, n) =>
      event(`a${n}`, `e${n}`, {
        event_type: "custom",
        event_name: `${"é".repeat(250)}${n}`,
      })),
  });
  for (const limits of [TEST_LIMITS, REMOTE_LIMITS]) {
    await withKv(async (kv) => {
      const ledger = new Ledger(kv, { ...options, limits });
      const verdicts = await ledger.ingest(batch, 0);
      assert.ok(verdicts.every((verdict) => verdict === "accepted"));
      await assertVerified(kv);
    });
  }
});

Deno.test("ingest() writes a config once, and again when its commit did not succeed", async () => {
  await withKv(async (kv) => {
    const batch = (id: string) => incoming({ assignments: [assignment(id)] });
    const ledger = new Ledger(faultyKv(kv, ["conflict"]), options);
    await ledger.ingest(batch("a"), 0);
    const written = async (): Promise<(string | null)[]> => {
      const entries = await Array.fromAsync(kv.list({ prefix: ["config"] }));
      return entries.map(({ versionstamp }) => versionstamp);
    };
    const first = await written();
    assert.equal(first.length, 1);
    await ledger.ingest(batch("b"), 0);
    assert.deepEqual(await written(), first);
  });
});

Deno.test("countWaiting() goes on where a stopped server left off", async () => {
  await withKv(async (kv) => {
    const executions = Array.from(
      { length: 100 },
      (_, n) => execution("a", { latency_ms: n }),
    );
    const limits = { ...TEST_LIMITS, bytes: 40_000 };
    // The third commit and all after it fail: the server has stopped.
    const stopping = new Ledger(
      faultyKv(kv, ["none", "none", ...Array<Fault>(50).fill("locked")]),
      { ...options, limits, maxAttempts: 2 },
    );
    await new Ledger(kv, options).ingest(incoming({ executions }), 0);
    await assert.rejects(
      stopping.ingest(incoming({ assignments: [assignment("a")] }), 0),
      StorageUnavailableError,
    );
    const reader = new KvFlagReader(kv);
    const before = (await reader.evaluateFlag("flag"))?.variants[0];
    assert.ok((before?.executions ?? 0) < 100, "nothing was left to count");
    await new Ledger(kv, options).countWaiting();
    const after = (await reader.evaluateFlag("flag"))?.variants[0];
    assert.equal(after?.executions, 100);
    await assertVerified(kv);
  });
});

Deno.test("drain() settles what was taken, and takes nothing more", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    let settled = false;
    const taken = ledger.ingest(story, 0).then(() => settled = true);
    await ledger.drain();
    assert.ok(settled);
    await taken;
    await assert.rejects(ledger.ingest(story, 0), StorageUnavailableError);
    await assertVerified(kv);
  });
});

Deno.test("ingest() tries again while another process holds the database, 50 times and more", async () => {
  await withKv(async (kv) => {
    let pauses = 0;
    const ledger = new Ledger(faultyKv(kv, Array<Fault>(50).fill("locked")), {
      ...options,
      pause: () => {
        pauses++;
        return Promise.resolve();
      },
    });
    const verdicts = await ledger.ingest(story, 0);
    assert.deepEqual(verdicts, story.map(() => "accepted"));
    assert.equal(pauses, 50);
    await assertVerified(kv);
  });
});
