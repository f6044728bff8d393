import assert from "node:assert/strict";
import fc from "fast-check";
import type { EventRecord } from "../../engine/records.ts";
import type { Incoming } from "./entry.ts";
import { storyKey } from "./keys.ts";
import { Ledger } from "./ledger.ts";
import { StorageUnavailableError } from "./request_queue.ts";
import { REMOTE_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import type { Verdict } from "./story.ts";
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

/** Records of few assignments, users, variants and times, so that they meet. */
const record: fc.Arbitrary<Incoming> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  event: fc.constantFrom("1", "2", "3"),
  kind: fc.constantFrom("assignment", "execution", "legacy", "event"),
}).map(({ id, event: number, kind }) => {
  // An id always comes with the same fields: what is sent twice is the same.
  // Under `a` everything happens at one time, and the ids decide.
  const second = (id === "a" ? 0 : number.charCodeAt(0) % 3) + 30;
  const time = new Date(Date.UTC(2026, 2, 1, 11, 0, second)).toISOString();
  const batch = kind === "assignment"
    ? {
      assignments: [assignment(id, {
        variant_name: id < "c" ? "control" : "concise",
        user_id: id === "a" || id === "c" ? "u" : "v",
        overridden: id === "d",
        flag_json: {
          rollout_pct: 100,
          variants: id < "c" ? [["control", 1]] : [["concise", 2]],
        },
        assigned_at: `2026-03-01T11:00:0${id.charCodeAt(0) % 7}Z`,
      })],
    }
    : kind === "event"
    ? {
      events: [event(id, `${id}${number}`, {
        event_type: number === "1"
          ? "success"
          : number === "2"
          ? "failure"
          : "custom",
        event_name: number === "3" ? "edited" : "",
        value: id === "a" ? -1.5 : id === "b" ? 2.000001 : null,
        created_at: id === "b" ? `203${number}-01-01T00:00:00Z` : time,
      })],
    }
    : {
      executions: [execution(id, {
        latency_ms: number === "1" ? null : Number(number) * 100.26,
        cost: number === "2" ? null : Number(number) * 3.3,
        error: number === "3" ? "timeout" : null,
        ttft_ms: number === "3" ? 40.04 : null,
        flag_name: id === "b" ? "hinted" : "flag",
        recorded_at: time,
        ...(kind === "legacy" ? {} : { execution_id: `${id}${number}` }),
      })],
    };
  const [made] = incoming(batch);
  if (made === undefined) throw new Error("No record was made");
  return made;
});

const faults = fc.array(
  fc.constantFrom<Fault>(
    "none",
    "none",
    "locked",
    "unanswered",
    "conflict",
    "broken",
  ),
  { maxLength: 12 },
);

Deno.test("ingest() keeps every counter equal to a recount, whatever the order, the faults and the writers", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          writer: fc.nat(1),
          records: fc.array(record, { maxLength: 8 }),
        }),
        { maxLength: 8 },
      ),
      faults,
      fc.boolean(),
      async (batches, plan, remote) => {
        await withKv(async (kv) => {
          const limits = remote
            ? { ...REMOTE_LIMITS, checks: 5, bytes: 40_000 }
            : TEST_LIMITS;
          const faulty = faultyKv(kv, [...plan]);
          const writers = [0, 1].map(() =>
            new Ledger(faulty, { ...options, limits, foldAfter: 2 })
          );
          const send = async (): Promise<boolean> => {
            const sent = await Promise.allSettled(
              batches.map(({ writer, records }) =>
                writers[writer]?.ingest(records, 0)
              ),
            );
            return sent.every(({ status }) => status === "fulfilled");
          };
          // Each sending that fails has used up at least one fault.
          let sendings = 1;
          while (!await send()) assert.ok(sendings++ <= plan.length);
          // What did not fail is sent again, too.
          assert.ok(await send());
          await assertVerified(kv);
          // The counters must not depend on the way that led to them.
          const plain = await Deno.openKv(":memory:");
          try {
            const one = new Ledger(plain, options);
            for (const { records } of batches) {
              for (const single of records) await one.ingest([single], 0);
            }
            assert.deepEqual(await countersOf(kv), await countersOf(plain));
          } finally {
            plain.close();
          }
        });
      },
    ),
    { numRuns: 150 },
  );
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

Deno.test("ingest() answers all of many requests when the database fails, without a pause for each", async () => {
  await withKv(async (kv) => {
    const broken = new Proxy(kv, {
      get: (target, name) =>
        name === "getMany"
          ? () => Promise.reject(new Error("disk I/O error"))
          : Reflect.get(target, name),
    });
    let pauses = 0;
    const pause = (): Promise<void> => Promise.resolve(void pauses++);
    const ledger = new Ledger(broken, { ...options, pause });
    const results = await Promise.allSettled(
      Array.from(
        { length: 200 },
        (_, n) =>
          ledger.ingest(incoming({ assignments: [assignment(`a${n}`)] }), 0),
      ),
    );
    assert.ok(results.every(({ status }) => status === "rejected"));
    assert.ok(pauses < 10, `${pauses}`);
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

Deno.test("ingest() does not let one request's failure take others with it", async () => {
  await withKv(async (kv) => {
    // A row that no modelab wrote: reading it always fails.
    await kv.set(["a", "broken"], new Uint8Array([1, 2, 3]));
    const ledger = new Ledger(kv, options);
    const send = (id: string): Promise<unknown> =>
      ledger.ingest(incoming({ assignments: [assignment(id)] }), 0);
    const results = await Promise.allSettled(
      ["a", "b", "broken", "c"].map(send),
    );
    assert.deepEqual(results.map(({ status }) => status), [
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
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

Deno.test("ingest() acknowledges no duplicate of a record that is not durable", async () => {
  await withKv(async (kv) => {
    const plan = Array<Fault>(50).fill("broken");
    // No two records have room in a commit.
    const limits = { ...TEST_LIMITS, bytes: 1 };
    const ledger = new Ledger(faultyKv(kv, plan), { ...options, limits });
    const send = (id: string): Promise<Verdict[]> =>
      ledger.ingest(
        incoming({ executions: [execution(id, { execution_id: "x" })] }),
        0,
      );
    // What comes while one is under way forms a round together.
    const first = send("other");
    const results = await Promise.allSettled([first, send("a"), send("a")]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    );
    assert.equal((await kv.get(storyKey("a"))).versionstamp, null);
  });
});

Deno.test("ingest() writes nothing of a commit in whose making something went wrong", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const [good, bad] = incoming({
      assignments: [assignment("a", { user_id: "u" })],
      executions: [execution("a", { execution_id: "x" })],
    });
    assert.ok(good !== undefined && bad?.entry.kind === "execution");
    // Counting throws halfway, after the user's totals have changed.
    const entry = { ...bad.entry, latency: NaN };
    await assert.rejects(ledger.ingest([good, { ...bad, entry }], 0), {
      name: "StorageUnavailableError",
    });
    await assertVerified(kv);
    assert.deepEqual(await ledger.ingest([good, bad], 0), [
      "accepted",
      "accepted",
    ]);
    await assertVerified(kv);
  });
});
