import assert from "node:assert/strict";
import type { Incoming } from "./entry.ts";
import { Ledger } from "./ledger.ts";
import { KvFlagReader } from "./reader.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { sweepMinutes } from "./sweep.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

const batch = incoming({
  assignments: [
    assignment("a", { user_id: "u" }),
    assignment("b", {
      user_id: "u",
      config_json: { model: "newer" },
      assigned_at: "2026-03-01T11:30:00Z",
    }),
    assignment("c", { variant_name: "__proto__" }),
    assignment("d", { flag_name: "other/flag" }),
  ],
  executions: [
    execution("a", { latency_ms: 100, cost: 1.5, input_tokens: 10 }),
    execution("a", {
      latency_ms: 300,
      cost: null,
      input_tokens: null,
      error: "timeout",
    }),
    execution("b", {
      latency_ms: null,
      cost: 999.25,
      input_tokens: 30,
      recorded_at: "2026-03-01T11:59:59.999999Z",
    }),
  ],
  events: [
    event("a", "e1"),
    event("b", "e2", { event_type: "failure" }),
    event("a", "e3", { event_type: "custom", event_name: "__proto__" }),
    event("a", "e4", { event_type: "custom", event_name: "__proto__" }),
  ],
});

async function withReader(
  use: (reader: KvFlagReader) => Promise<void>,
): Promise<void> {
  await withKv(async (kv) => {
    await new Ledger(kv, { limits: TEST_LIMITS }).ingest(batch, 0);
    await use(new KvFlagReader(kv, () => RECEIVED_AT));
  });
}

Deno.test("evaluateFlag() gives every figure of a variant", async () => {
  await withReader(async (reader) => {
    const evaluation = await reader.evaluateFlag("flag");
    assert.equal(evaluation?.first_seen, "2026-03-01T11:00:00.000Z");
    assert.equal(evaluation?.last_seen, "2026-03-01T11:59:59.999Z");
    const control = evaluation?.variants.find(({ variant_name }) =>
      variant_name === "control"
    );
    assert.deepEqual(control, {
      variant_name: "control",
      users: 1,
      assignments: 2,
      executions: 3,
      successes: 1,
      failures: 1,
      success_rate: 0.5,
      success_per_assignment: 0.5,
      errors: 1,
      error_rate: 1 / 3,
      avg_latency_ms: 200,
      p50_latency_ms: 100.35,
      p90_latency_ms: 299.15,
      p95_latency_ms: 299.15,
      p99_latency_ms: 299.15,
      latency_count: 2,
      avg_cost: 500.375,
      total_cost: 1000.75,
      cost_per_success: 1000.75,
      cost_count: 2,
      avg_input_tokens: 20,
      avg_output_tokens: 20,
      total_input_tokens: 40,
      total_output_tokens: 60,
      input_tokens_count: 2,
      output_tokens_count: 3,
      custom_events: Object.fromEntries([
        ["__proto__", { count: 2, assignments: 1 }],
      ]),
      config: { model: "newer" },
    });
  });
});

Deno.test("evaluateFlag() gives each quantile of a hundred latencies", async () => {
  await withKv(async (kv) => {
    const executions = Array.from(
      { length: 100 },
      (_, n) => execution("a", { latency_ms: (n + 1) * 10 }),
    );
    const records = incoming({ assignments: [assignment("a")], executions });
    await new Ledger(kv, { limits: TEST_LIMITS }).ingest(records, 0);
    const flag = await new KvFlagReader(kv).evaluateFlag("flag");
    const [variant] = flag?.variants ?? [];
    for (
      const [quantile, expected] of [
        [variant?.p50_latency_ms, 500],
        [variant?.p90_latency_ms, 900],
        [variant?.p95_latency_ms, 950],
        [variant?.p99_latency_ms, 990],
      ] as const
    ) {
      // Within 0.8%, and one rank of the true one.
      assert.ok(Math.abs((quantile ?? 0) - expected) <= 18, `${quantile}`);
    }
  });
});

Deno.test("evaluateFlag() says null where nothing is known", async () => {
  await withReader(async (reader) => {
    const evaluation = await reader.evaluateFlag("other/flag");
    const [variant] = evaluation?.variants ?? [];
    assert.equal(variant?.users, 1);
    for (
      const value of [
        variant?.success_rate,
        variant?.error_rate,
        variant?.avg_latency_ms,
        variant?.p50_latency_ms,
        variant?.total_cost,
        variant?.cost_per_success,
        variant?.avg_input_tokens,
      ]
    ) assert.equal(value, null);
  });
});

Deno.test("evaluateFlag() and readTimeline() know no flag without assignment", async () => {
  await withReader(async (reader) => {
    const query = { granularity: "hour", from: 0, to: 1 } as const;
    for (const name of ["fla", "flag2", "other", ""]) {
      assert.equal(await reader.evaluateFlag(name), null);
      assert.equal(await reader.readTimeline(name, query), null);
    }
  });
});

Deno.test("listFlags() sums each flag over its variants", async () => {
  await withReader(async (reader) => {
    const { flags } = await reader.listFlags();
    assert.deepEqual(flags.map(({ flag_name }) => flag_name), [
      "flag",
      "other/flag",
    ]);
    assert.deepEqual(flags[0], {
      flag_name: "flag",
      variant_names: ["__proto__", "control"],
      users: 2,
      assignments: 3,
      executions: 3,
      successes: 1,
      failures: 1,
      success_rate: 0.5,
      errors: 1,
      error_rate: 1 / 3,
      total_cost: 1000.75,
      first_seen: "2026-03-01T11:00:00.000Z",
      last_seen: "2026-03-01T11:59:59.999Z",
    });
  });
});

/** Assignments of two variants, of a flag that declares them in an order. */
function declaring(variants: readonly string[], at: string): Incoming[] {
  return incoming({
    assignments: ["control", "short"].map((variant_name) =>
      assignment(`${variant_name} at ${at}`, {
        variant_name,
        flag_json: {
          rollout_pct: 100,
          variants: variants.map((name) => [name, 1]),
        },
        assigned_at: at,
      })
    ),
  });
}

Deno.test("every answer gives variants in the order that the flag declares", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    const reader = new KvFlagReader(kv, () => RECEIVED_AT);
    for (
      const [order, at] of [
        [["short", "control"], "2026-03-01T10:00:00Z"],
        [["control", "none", "short"], "2026-03-01T10:01:00Z"],
      ] as const
    ) {
      await ledger.ingest(declaring(order, at), 0);
      const expected = order.filter((name) => name !== "none");
      const { flags: [summary] } = await reader.listFlags();
      assert.deepEqual(summary?.variant_names, expected);
      const evaluation = await reader.evaluateFlag("flag");
      const statistics = await reader.readStatistics("flag");
      const timeline = await reader.readTimeline("flag", {
        granularity: "day",
        from: RECEIVED_AT - 86_400_000,
        to: RECEIVED_AT,
      });
      for (
        const names of [
          evaluation?.variants.map(({ variant_name }) => variant_name),
          statistics?.variants.map(({ name }) => name),
          timeline?.series.map(({ variant_name }) => variant_name),
        ]
      ) assert.deepEqual(names, expected);
    }
  });
});

Deno.test("readTimeline() puts records into the buckets of their own times", async () => {
  await withReader(async (reader) => {
    const timeline = await reader.readTimeline("flag", {
      granularity: "minute",
      from: Date.UTC(2026, 2, 1, 11, 1),
      to: Date.UTC(2026, 2, 1, 12),
    });
    assert.equal(timeline?.from, "2026-03-01T11:01:00.000Z");
    assert.equal(timeline?.to, "2026-03-01T12:00:00.000Z");
    const control = timeline?.series.find(({ variant_name }) =>
      variant_name === "control"
    );
    const points = control?.points.map((point) => [
      point.time.slice(11, 16),
      point.assignments,
      point.executions,
      point.successes,
      point.failures,
      point.avg_latency_ms,
      point.total_cost,
    ]);
    assert.deepEqual(points, [
      ["11:01", 0, 2, 0, 0, 200, 1.5],
      ["11:02", 0, 0, 1, 1, null, null],
      ["11:30", 1, 0, 0, 0, null, null],
      ["11:59", 0, 1, 0, 0, null, 999.25],
    ]);
    const day = await reader.readTimeline("flag", {
      granularity: "day",
      from: Date.UTC(2026, 2, 1, 23),
      to: Date.UTC(2026, 2, 1, 23, 30),
    });
    assert.equal(day?.series[1]?.points[0]?.executions, 3);
  });
});

Deno.test("readTimeline() shows no minutes that are past their time", async () => {
  await withKv(async (kv) => {
    const day = 86_400_000;
    const then = new Date(RECEIVED_AT - 3 * day).toISOString();
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    await ledger.ingest(
      incoming({
        assignments: [assignment("a", { assigned_at: then })],
        events: [event("a", "e1", { created_at: then })],
      }),
      0,
    );
    await sweepMinutes(kv, RECEIVED_AT);
    // Takes back a success whose minute is gone.
    const failure = event("a", "e2", { event_type: "failure" });
    await ledger.ingest(incoming({ events: [failure] }), 0);
    const reader = new KvFlagReader(kv, () => RECEIVED_AT);
    const timeline = await reader.readTimeline("flag", {
      granularity: "minute",
      from: RECEIVED_AT - 4 * day,
      to: RECEIVED_AT,
    });
    assert.equal(timeline?.from, "2026-02-27T12:00:00.000Z");
    assert.deepEqual(
      timeline?.series[0]?.points.map(({ time, successes, failures }) => [
        time,
        successes,
        failures,
      ]),
      [["2026-03-01T11:02:00.000Z", 0, 1]],
    );
  });
});

Deno.test("evaluateFlag() and readStatistics() of one turn are of one moment, and those of the next see what was written", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    let lists = 0;
    const counting = new Proxy(kv, {
      get(target, name) {
        if (name === "list") lists++;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const reader = new KvFlagReader(counting);
    for (let n = 1; n <= 20; n++) {
      const writing = ledger.ingest(
        incoming({ assignments: [assignment(`a${n}`)] }),
        0,
      );
      const both = () =>
        Promise.all([
          reader.evaluateFlag("flag"),
          reader.readStatistics("flag"),
        ]);
      for (const during of [true, false]) {
        if (!during) await writing;
        lists = 0;
        const [evaluation, statistics] = await both();
        assert.equal(lists, 1);
        const counted = evaluation?.variants[0]?.assignments ?? 0;
        const sum = statistics?.variants[0]?.sums.assignments ?? 0n;
        assert.equal(BigInt(counted), sum);
        assert.ok(during || counted === n);
      }
    }
  });
});
