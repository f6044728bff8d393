import assert from "node:assert/strict";
import { sketchCells } from "../../engine/statistics/sketch_cells.ts";
import { sketchBucket } from "../../engine/sketch.ts";
import { sketchShard } from "./fields.ts";
import { Ledger } from "./ledger.ts";
import { KvFlagReader } from "./reader.ts";
import { assignment, event, execution, incoming } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { statisticsOf } from "./testing/statistics_of.ts";

Deno.test("readStatistics() gives null for a flag without assignment", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    const orphan = execution("a", { flag_name: "flag" });
    await ledger.ingest(incoming({ executions: [orphan] }), 0);
    assert.equal(await new KvFlagReader(kv).readStatistics("flag"), null);
  });
});

Deno.test("readStatistics() sums the totals of users and their products", async () => {
  const { variants: [control], ...flag } = await statisticsOf(incoming({
    assignments: [
      assignment("a", { user_id: "u" }),
      assignment("b", { user_id: "u" }),
      assignment("c", { user_id: "v" }),
    ],
    executions: [
      execution("a", {
        latency_ms: 100,
        cost: 0.5,
        ttft_ms: 20,
        input_tokens: 7,
      }),
      execution("b", {
        latency_ms: 300.04,
        cost: null,
        error: "timeout",
        input_tokens: 5,
      }),
      execution("c", { latency_ms: null, cost: 0.25, input_tokens: null }),
    ],
    events: [event("a", "e1"), event("c", "e2", { event_type: "failure" })],
  }));
  assert.equal(flag.flag, "flag");
  assert.equal(flag.firstSeen, Date.UTC(2026, 2, 1, 11));
  assert.equal(flag.lastSeen, Date.UTC(2026, 2, 1, 11, 2));
  assert.equal(flag.usersInSeveralVariants, 0n);
  assert.deepEqual(flag.setups, []);
  assert.equal(control?.name, "control");
  assert.equal(control?.users, 2n);
  assert.deepEqual(control?.newUsers, [[Date.UTC(2026, 2, 1), 2]]);
  const [costU, costV] = [500_000_000n, 250_000_000n];
  assert.deepEqual(control?.sums, {
    assignments: 3n,
    executions: 3n,
    successes: 1n,
    failures: 1n,
    errors: 1n,
    latency: 4000n,
    latency_known: 2n,
    ttft: 200n,
    ttft_known: 1n,
    cost: costU + costV,
    cost_known: 2n,
    input: 12n,
    input_known: 2n,
    output: 60n,
    output_known: 3n,
  });
  assert.deepEqual(control?.products, {
    "assignments*assignments": 4n + 1n,
    "executions*executions": 4n + 1n,
    "successes*successes": 1n,
    "failures*failures": 1n,
    "errors*errors": 1n,
    "latency*latency": 4000n ** 2n,
    "latency_known*latency_known": 4n,
    "ttft*ttft": 200n ** 2n,
    "ttft_known*ttft_known": 1n,
    "cost*cost": costU ** 2n + costV ** 2n,
    "cost_known*cost_known": 2n,
    "input*input": 144n,
    "input_known*input_known": 4n,
    "output*output": 40n ** 2n + 20n ** 2n,
    "output_known*output_known": 4n + 1n,
    "successes*assignments": 2n,
    "failures*assignments": 1n,
    "successes*failures": 0n,
    "errors*executions": 2n,
    "successes*executions": 2n,
    "latency*executions": 8000n,
    "cost*executions": 2n * costU + costV,
    "input*executions": 24n,
    "output*executions": 2n * 40n + 20n,
    "cost*successes": costU,
    "cost*latency": costU * 4000n,
    "latency*successes": 4000n,
    "latency*latency_known": 8000n,
    "ttft*ttft_known": 200n,
    "cost*cost_known": costU + costV,
    "input*input_known": 24n,
    "output*output_known": 80n + 20n,
  });
  const shard = sketchShard("flag", "u");
  assert.ok(control !== undefined);
  assert.deepEqual(sketchCells(control.sketches.latency), [
    [shard, sketchBucket(1000), 1],
    [shard, sketchBucket(3000), 1],
  ]);
  assert.deepEqual(sketchCells(control.sketches.ttft), [[
    shard,
    sketchBucket(200),
    1,
  ]]);
  assert.deepEqual(sketchCells(control.sketches.cost), [
    [sketchShard("flag", "v"), sketchBucket(Number(costV)), 1],
    [shard, sketchBucket(Number(costU)), 1],
  ]);
});

Deno.test("readStatistics() keeps sums exact that no number holds", async () => {
  const { variants: [control] } = await statisticsOf(
    ...Array.from({ length: 12 }, (_, n) =>
      incoming({
        assignments: [assignment(`a${n}`, { user_id: "u" })],
        executions: Array.from({ length: 800 }, (_, call) =>
          execution(`a${n}`, {
            execution_id: `${call}`,
            cost: 1000,
            latency_ms: 3_600_000,
          })),
      })),
  );
  const cost = 9600n * 10n ** 12n;
  assert.ok(cost > BigInt(Number.MAX_SAFE_INTEGER));
  assert.equal(control?.sums.cost, cost);
  assert.equal(control?.products["cost*cost"], cost ** 2n);
  assert.equal(
    control?.products["cost*latency"],
    cost * 9600n * 36_000_000n,
  );
});

Deno.test("readStatistics() counts custom events by user, and their values", async () => {
  const rated = { event_type: "custom", event_name: "rated" } as const;
  const { variants: [control] } = await statisticsOf(
    incoming({
      events: [
        event("a", "e1", { ...rated, value: 4.5 }),
        event("a", "e2", { ...rated, value: -1 }),
        event("b", "e3", rated),
        event("c", "e4", { ...rated, value: 2 }),
      ],
      assignments: [
        assignment("a", { user_id: "u" }),
        assignment("b", { user_id: "u" }),
        assignment("d", { user_id: "u" }),
        assignment("c", { user_id: "v" }),
      ],
    }),
    incoming({ executions: [execution("d"), execution("c")] }),
  );
  assert.deepEqual(
    control?.events,
    new Map([["rated", {
      sums: { count: 4n, assignments: 3n, value: 5_500_000n, valued: 3n },
      products: {
        "count*count": 9n + 1n,
        "assignments*assignments": 4n + 1n,
        "value*value": 3_500_000n ** 2n + 2_000_000n ** 2n,
        "valued*valued": 4n + 1n,
        "value*valued": 2n * 3_500_000n + 2_000_000n,
        "assignments*all_assignments": 2n * 3n + 1n,
        "count*executions": 3n + 1n,
      },
    }]]),
  );
});

Deno.test("readStatistics() takes an outcome back that changes, and moves a user's first day", async () => {
  const before = await statisticsOf(incoming({
    assignments: [
      assignment("a", { user_id: "u", assigned_at: "2026-02-27T10:00:00Z" }),
      assignment("b", { user_id: "u" }),
    ],
    events: [
      event("a", "e2", {
        event_type: "failure",
        created_at: "2026-03-01T11:03:00Z",
      }),
    ],
  }));
  const after = await statisticsOf(
    incoming({ assignments: [assignment("b", { user_id: "u" })] }),
    incoming({ events: [event("a", "e1")] }),
    incoming({
      assignments: [
        assignment("a", { user_id: "u", assigned_at: "2026-02-27T10:00:00Z" }),
      ],
    }),
    incoming({
      events: [
        event("a", "e2", {
          event_type: "failure",
          created_at: "2026-03-01T11:03:00Z",
        }),
      ],
    }),
  );
  // The success that was taken back was a record, but left no trace.
  assert.deepEqual({ ...after, lastSeen: 0 }, { ...before, lastSeen: 0 });
  assert.deepEqual(after.variants[0]?.newUsers, [[Date.UTC(2026, 1, 27), 1]]);
});

Deno.test("readStatistics() leaves out what is overridden, and counts users in several variants", async () => {
  const batch = {
    assignments: [
      assignment("a", { user_id: "u" }),
      assignment("b", { user_id: "u", variant_name: "concise" }),
      assignment("c", { user_id: "v" }),
      assignment("d", { user_id: "w", variant_name: "concise" }),
    ],
    executions: [execution("b")],
  };
  const plain = await statisticsOf(incoming(batch));
  assert.equal(plain.usersInSeveralVariants, 1n);
  assert.deepEqual(plain.variants.map(({ users }) => users), [2n, 2n]);
  const overridden = await statisticsOf(incoming({
    assignments: [
      ...batch.assignments,
      assignment("x", {
        user_id: "v",
        variant_name: "concise",
        overridden: true,
        config_json: { other: 1 },
        flag_json: { rollout_pct: 1, variants: [["concise", 1]] },
      }),
    ],
    executions: [...batch.executions, execution("x")],
    events: [event("x", "e1")],
  }));
  assert.deepEqual(overridden, plain);
});

Deno.test("readStatistics() tells when each config and each setup was seen", async () => {
  const setup = (weight: number) => ({
    rollout_pct: 50,
    variants: [["b", weight], ["a", 1]] as [string, number][],
  });
  const at = (minute: number): string =>
    new Date(Date.UTC(2026, 2, 1, 11, minute)).toISOString();
  const { setups, variants } = await statisticsOf(incoming({
    assignments: [
      assignment("1", {
        variant_name: "a",
        assigned_at: at(5),
        config_json: { t: 2 },
        flag_json: setup(9),
      }),
      assignment("2", {
        variant_name: "a",
        assigned_at: at(1),
        config_json: { t: 1 },
        flag_json: setup(1),
      }),
      assignment("3", {
        variant_name: "a",
        assigned_at: at(3),
        config_json: { t: 1 },
        flag_json: setup(1),
      }),
      assignment("4", { variant_name: "zero", assigned_at: at(0) }),
      assignment("5", { variant_name: "b", assigned_at: at(4) }),
    ],
  }));
  assert.deepEqual(variants.map(({ name }) => name), ["b", "a", "zero"]);
  assert.deepEqual(
    variants[1]?.configs.map(({ first, last, config }) => [
      new Date(first).getUTCMinutes(),
      new Date(last).getUTCMinutes(),
      config,
    ]),
    [[1, 3, { t: 1 }], [5, 5, { t: 2 }]],
  );
  assert.deepEqual(
    setups,
    [1, 9].map((weight) => ({
      first: Date.UTC(2026, 2, 1, 11, weight === 1 ? 1 : 5),
      last: Date.UTC(2026, 2, 1, 11, weight === 1 ? 3 : 5),
      rolloutPct: 50,
      variants: [{ name: "b", weight }, { name: "a", weight: 1 }],
    })),
  );
});
