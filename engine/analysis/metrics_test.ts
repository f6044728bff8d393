import assert from "node:assert/strict";
import { tQuantile } from "../statistics/t_distribution.ts";
import { analyze } from "./analyze.ts";
import type { MetricAnalysis } from "./metric_analysis.ts";
import { type AnalysisRequest, resolveOptions } from "./resolve_options.ts";
import { mixedUser } from "./testing/mixed_user.ts";
import {
  perUserFigure,
  REFERENCE_METRICS,
} from "./testing/per_user_figures.ts";
import { seeded } from "./testing/simulated_users.ts";
import { StatisticsBuilder } from "./testing/statistics_builder.ts";

const close = (actual: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1e-6, Math.abs(expected)),
    `${what}: ${actual} for ${expected}`,
  );

Deno.test("every metric equals what the users' own records give, with its precision", () => {
  const random = seeded(7);
  const names = ["control", "treatment"] as const;
  const builder = new StatisticsBuilder(names);
  const users = names.map((name) =>
    Array.from({ length: 400 }, () => {
      const user = mixedUser(random);
      builder.add(name, user);
      return user;
    })
  );
  const statistics = builder.build();
  const options = resolveOptions(statistics, {});
  assert.ok(!("option" in options));
  const { metrics } = analyze(statistics, options);
  for (const kind of REFERENCE_METRICS) {
    const id = kind.startsWith("event_") ? `${kind}:rated` : kind;
    const metric = metrics.find((one) => one.metric === id);
    assert.ok(metric !== undefined, id);
    const [a, b] = users.map((arm) => perUserFigure(id, arm));
    assert.ok(a !== null && a !== undefined && b !== null && b !== undefined);
    checkArms(metric, [a, b]);
    const { absolute, relative } = metric.variants[1]?.comparison ?? {};
    assert.ok(absolute !== null && absolute !== undefined, id);
    close(absolute.estimate, b.value - a.value, id);
    const [va, vb] = [a.standardError ** 2, b.standardError ** 2];
    const df = (va + vb) ** 2 / (va ** 2 / 399 + vb ** 2 / 399);
    close(
      (absolute.fixed.upper ?? NaN) - absolute.estimate,
      -tQuantile(0.025, df) * Math.sqrt(va + vb),
      id,
    );
    close(
      relative?.estimate ?? NaN,
      (b.value - a.value) / Math.abs(a.value),
      id,
    );
  }
});

function checkArms(
  metric: MetricAnalysis,
  figures: readonly {
    readonly value: number;
    readonly standardError: number;
  }[],
): void {
  figures.forEach(({ value, standardError }, arm) => {
    const shown = metric.variants[arm];
    close(shown?.estimate ?? NaN, value, metric.metric);
    const { numerator, denominator } = shown ?? {};
    close((numerator ?? NaN) / (denominator ?? NaN), value, metric.metric);
    close(
      (shown?.interval?.upper ?? NaN) - value,
      -tQuantile(0.025, 399) * standardError,
      metric.metric,
    );
  });
}

Deno.test("a figure that no call has is no metric; one that some have is over those alone", () => {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let n = 0; n < 200; n++) {
    builder.add("a", [{ outcome: "success", calls: [{ cost: 1 }, {}] }]);
    builder.add("b", [{ outcome: "failure", calls: [{}] }]);
  }
  const statistics = builder.build();
  const options = resolveOptions(statistics, {});
  assert.ok(!("option" in options));
  const { metrics } = analyze(statistics, options);
  const ids = metrics.map(({ metric }) => metric);
  assert.ok(!ids.includes("latency_mean") && !ids.includes("ttft_p95"));
  const cost = metrics.find(({ metric }) => metric === "cost_per_call");
  assert.deepEqual(
    cost?.variants.map(({ estimate, denominator }) => [estimate, denominator]),
    [[1, 200], [null, 0]],
  );
  assert.equal(cost?.variants[1]?.comparison?.status, "not_enough_data");
  assert.deepEqual(cost?.variants[1]?.comparison?.missing, [{
    variant_name: "b",
    what: "calls with a known cost",
    required: 100,
    found: 0,
  }]);
});

Deno.test("an event that one variant never saw happened there zero times", () => {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let n = 0; n < 300; n++) {
    builder.add("a", [{ events: n % 2 === 0 ? [{ name: "copied" }] : [] }]);
    builder.add("b", [{}]);
  }
  const statistics = builder.build();
  const options = resolveOptions(statistics, { metric: "event_rate:copied" });
  assert.ok(!("option" in options));
  const { decision, metrics } = analyze(statistics, options);
  assert.equal(metrics[0]?.metric, "event_rate:copied");
  assert.equal(metrics[0]?.variants[1]?.estimate, 0);
  assert.equal(decision.rule, "worse");
});

Deno.test("the 50 most frequent custom events are analysed, and those that are named", () => {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let n = 0; n < 60; n++) {
    const events = Array.from({ length: 60 - n }, () => ({ name: `e${n}` }));
    builder.add(n % 2 === 0 ? "a" : "b", [{ events }]);
  }
  const statistics = builder.build();
  const idsOf = (request: AnalysisRequest): string[] => {
    const options = resolveOptions(statistics, request);
    assert.ok(!("option" in options));
    return analyze(statistics, options).metrics.map(({ metric }) => metric)
      .filter((metric) => metric.startsWith("event_rate:"));
  };
  const ids = idsOf({});
  assert.equal(ids.length, 50);
  assert.ok(ids.includes("event_rate:e49") && !ids.includes("event_rate:e50"));
  const named = idsOf({
    guardrails: [{
      metric: "event_rate:e59",
      margin: { kind: "absolute", value: 0.1 },
    }],
  });
  assert.equal(named.length, 51);
  assert.ok(named.includes("event_rate:e59"));
});

Deno.test("lower_is_better turns the direction of a metric", () => {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let n = 0; n < 400; n++) {
    builder.add("a", [{ events: n % 2 === 0 ? [{ name: "complained" }] : [] }]);
    builder.add("b", [{ events: n % 8 === 0 ? [{ name: "complained" }] : [] }]);
  }
  const statistics = builder.build();
  const metric = "event_rate:complained";
  const decide = (request: AnalysisRequest): string => {
    const options = resolveOptions(statistics, { metric, ...request });
    assert.ok(!("option" in options));
    return analyze(statistics, options).decision.rule;
  };
  assert.equal(decide({}), "worse");
  assert.equal(decide({ lower_is_better: [metric] }), "better");
});
