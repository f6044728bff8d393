import assert from "node:assert/strict";
import fc from "fast-check";
import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import type { FlagAnalysis } from "./analysis.ts";
import { goodOf } from "./compare.ts";
import type { MetricAnalysis } from "./metric_analysis.ts";
import type { AnalysisRequest } from "./resolve_options.ts";
import { analyzed, simulated } from "./testing/analyzed.ts";
import {
  StatisticsBuilder,
  type TestAssignment,
} from "./testing/statistics_builder.ts";

const call = fc.record({
  latencyMs: fc.oneof(fc.constantFrom(0, 3_600_000), fc.nat(100_000)),
  ttftMs: fc.nat(1000),
  cost: fc.oneof(
    fc.constantFrom(0, 1000, 1e-9),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  inputTokens: fc.constantFrom(0, 1, 1_000_000_000),
  outputTokens: fc.nat(1000),
  error: fc.boolean(),
}, { requiredKeys: [] });

const assignment = fc.record({
  outcome: fc.constantFrom("success" as const, "failure" as const),
  calls: fc.array(call, { maxLength: 3 }),
  events: fc.array(
    fc.record({
      name: fc.constantFrom("copied", "__proto__", "a:b"),
      value: fc.oneof(fc.constantFrom(0, -1e6), fc.integer()),
    }, { requiredKeys: ["name"] }),
    { maxLength: 2 },
  ),
}, { requiredKeys: [] });

/** A user, and how many others are just the same: so that there are enough. */
const users = fc.array(
  fc.tuple(
    fc.constantFrom("a", "b", "c", "__proto__"),
    fc.array(assignment, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(1, 2, 130),
  ),
  { minLength: 1, maxLength: 8 },
);

const requests: fc.Arbitrary<AnalysisRequest> = fc.record({
  alpha: fc.constantFrom(0.0001, 0.05, 0.4),
  interval: fc.constantFrom("always_valid" as const, "fixed" as const),
  metric: fc.constantFrom("success_rate", "cost_per_success", "latency_p99"),
  margin: fc.constantFrom(
    { kind: "relative" as const, value: 0 },
    { kind: "relative" as const, value: 0.5 },
    { kind: "absolute" as const, value: 0 },
  ),
  prior: fc.constantFrom(null, { sd: 0.001 }, { sd: 100 }),
  min_effect: fc.constantFrom(0.0001, 10),
}, { requiredKeys: [] });

function built(
  rows: readonly (readonly [string, readonly TestAssignment[], number])[],
  copies = 1,
): FlagStatistics {
  const builder = new StatisticsBuilder([]);
  rows.forEach(([variant, assignments, times], day) => {
    for (let n = 0; n < times; n++) builder.add(variant, assignments, day);
  });
  return builder.build(copies);
}

function assertSound(analysis: FlagAnalysis): void {
  // What JSON cannot carry becomes null there, and undefined is left out.
  assert.deepEqual(JSON.parse(JSON.stringify(analysis)), plain(analysis));
  for (const metric of analysis.metrics) assertConsistent(metric, analysis);
  const { chance_to_beat_control = null } = analysis.decision.confidence ?? {};
  assert.ok(chance_to_beat_control === null || chance_to_beat_control <= 1);
  assert.notEqual(analysis.decision.reason, "");
}

/** The same without prototypes and negative zeros, which are not compared. */
function plain(value: unknown): unknown {
  if (typeof value === "number") {
    assert.ok(Number.isFinite(value), String(value));
    return value === 0 ? 0 : value;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) {
    assert.notEqual(value, undefined);
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, plain(field)]),
  );
}

/** Status, p-value, absolute and relative interval never contradict. */
function assertConsistent(
  metric: MetricAnalysis,
  { options: { alpha, interval } }: FlagAnalysis,
): void {
  for (const { comparison, variant_name } of metric.variants) {
    const where = `${metric.metric} ${variant_name}`;
    if (comparison === null || comparison.absolute === null) continue;
    const { absolute, relative, p_values, status } = comparison;
    for (const kind of ["always_valid", "fixed"] as const) {
      const { lower, upper } = absolute[kind];
      assert.ok(lower !== null && upper !== null, where);
      assert.ok(
        lower <= absolute.estimate && absolute.estimate <= upper,
        where,
      );
      const excluded = lower > 0 || upper < 0;
      const p = p_values?.[kind] ?? NaN;
      // At the very border rounding may say either.
      if (Math.abs(p - alpha) > 1e-9) assert.equal(p <= alpha, excluded, where);
      const ratio = relative?.[kind];
      if (ratio === undefined || ratio.lower === null || ratio.upper === null) {
        continue;
      }
      const border = Math.min(Math.abs(lower), Math.abs(upper)) <
        1e-9 * (upper - lower);
      if (!border) {
        assert.equal(ratio.lower > 0 || ratio.upper < 0, excluded, where);
      }
      assert.ok(ratio.lower <= (relative?.estimate ?? NaN) + 1e-12, where);
    }
    const p = p_values?.holm ?? p_values?.[interval] ?? 1;
    if (status === "better" || status === "worse") {
      assert.ok(p <= alpha, where);
      assert.equal(
        absolute.estimate * goodOf(metric) > 0,
        status === "better",
        where,
      );
    }
    if (status === "not_enough_data") assert.ok(comparison.missing.length > 0);
  }
}

Deno.test("analyze() gives finite figures that do not contradict each other, whatever the data", () => {
  fc.assert(
    fc.property(users, requests, (rows, request) => {
      assertSound(analyzed(built(rows), request));
    }),
    { numRuns: 150, seed: 4 },
  );
});

Deno.test("analyze() gives finite figures for ten billion users, and for values at the caps", () => {
  fc.assert(
    fc.property(users, requests, (rows, request) => {
      assertSound(analyzed(built(rows, 10_000_000_000), request));
    }),
    { numRuns: 50, seed: 5 },
  );
});

Deno.test("analyze() gives the same for the same data and options", () => {
  const statistics = simulated({
    a: { users: 300, rate: 0.4 },
    b: { users: 300, rate: 0.5 },
  }).build();
  const first = JSON.stringify(analyzed(statistics));
  assert.equal(JSON.stringify(analyzed(statistics)), first);
  // Options that were resolved resolve to themselves.
  const { options } = analyzed(statistics);
  assert.equal(JSON.stringify(analyzed(statistics, options)), first);
});

Deno.test("exchanging control and variant turns every difference round", () => {
  const builder = simulated({
    a: { users: 300, rate: 0.4 },
    b: { users: 300, rate: 0.5, cost: 0.003 },
  });
  const [there, back] = ["a", "b"].map((control) =>
    analyzed(builder.build(), { control })
  );
  there?.metrics.forEach((metric, place) => {
    const [mine, theirs] = [metric, back?.metrics[place]]
      .map((one) => one?.variants[1]?.comparison ?? null);
    if (mine?.absolute === null) return;
    assert.equal(
      mine?.absolute.estimate,
      -(theirs?.absolute?.estimate ?? NaN),
    );
    assert.equal(
      mine?.p_values?.always_valid,
      theirs?.p_values?.always_valid,
      metric.metric,
    );
  });
});

Deno.test("two arms that are exactly alike are equal in everything", () => {
  for (const outcome of ["success", "failure"] as const) {
    const builder = new StatisticsBuilder([]);
    for (let n = 0; n < 500; n++) {
      for (const name of ["a", "b"]) {
        builder.add(name, [{ outcome, calls: [{ cost: 0.01, latencyMs: 5 }] }]);
      }
    }
    const analysis = analyzed(builder.build());
    assertSound(analysis);
    for (const { metric, variants } of analysis.metrics) {
      assert.equal(variants[0]?.estimate, variants[1]?.estimate, metric);
      const status = variants[1]?.comparison?.status;
      assert.ok(status !== "better" && status !== "worse", metric);
    }
    assert.deepEqual(
      analysis.pareto.front.length,
      2,
    );
  }
});

Deno.test("the chances to be the best of up to twenty variants sum to 1; more are not integrated", () => {
  const chancesOf = (arms: number): (number | null)[] => {
    const analysis = analyzed(
      simulated(
        Object.fromEntries(
          Array.from(
            { length: arms },
            (_, n) => [`v${n}`, { users: 200, rate: 0.4 + n / 50 }],
          ),
        ),
      ).build(),
    );
    return (analysis.metrics[0]?.variants ?? [])
      .map(({ chance_to_be_best }) => chance_to_be_best);
  };
  for (const arms of [2, 3, 20]) {
    const sum = chancesOf(arms).reduce<number>((a, b) => a + (b ?? NaN), 0);
    assert.ok(Math.abs(sum - 1) < 1e-9, `${arms}: ${sum}`);
  }
  assert.ok(chancesOf(21).every((chance) => chance === null));
});

Deno.test("twenty arms are analysed, and one arm alone", () => {
  const names = Array.from({ length: 20 }, (_, n) => `v${n}`);
  const many = analyzed(
    simulated(
      Object.fromEntries(
        names.map((name) => [name, { users: 120, rate: 0.5 }]),
      ),
    ).build(),
  );
  assertSound(many);
  assert.deepEqual(many.variant_names, names);
  assertSound(analyzed(simulated({ a: { users: 500, rate: 0.5 } }).build()));
});
