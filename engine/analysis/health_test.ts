import assert from "node:assert/strict";
import type { CheckName, HealthCheck } from "./health_report.ts";
import { analyzed, simulated } from "./testing/analyzed.ts";
import { mixedUser } from "./testing/mixed_user.ts";
import { seeded } from "./testing/simulated_users.ts";
import { DAY, START, StatisticsBuilder } from "./testing/statistics_builder.ts";

function counted(
  users: { readonly [variant: string]: number },
): StatisticsBuilder {
  const builder = new StatisticsBuilder(Object.keys(users));
  for (const [variant, count] of Object.entries(users)) {
    for (let n = 0; n < count; n++) {
      builder.add(variant, [{ outcome: "success" }]);
    }
  }
  return builder;
}

function checkOf(builder: StatisticsBuilder, name: CheckName): HealthCheck {
  const check = analyzed(builder.build()).health.checks
    .find(({ check }) => check === name);
  assert.ok(check !== undefined);
  return check;
}

Deno.test("the split is held against the setup's real shares, not its weights", () => {
  // Buckets 0 to 149 take part; of 50/50 the first variant gets 100 of them.
  const builder = counted({ a: 1000, b: 500 })
    .setup([["a", 50], ["b", 50]], 1.5);
  const { split } = analyzed(builder.build()).health;
  assert.equal(split.status, "ok");
  assert.deepEqual(
    split.variants.map(({ expected_users }) => expected_users),
    [1000, 500],
  );
  const wrong = counted({ a: 750, b: 750 }).setup([["a", 50], ["b", 50]], 1.5);
  assert.equal(checkOf(wrong, "sample_ratio").status, "failed");
});

Deno.test("the split cannot be tested without a setup, but against the caller's weights", () => {
  const builder = counted({ a: 900, b: 100 });
  assert.equal(checkOf(builder, "sample_ratio").status, "unknown");
  const statistics = builder.build();
  const even = analyzed(statistics, { weights: { a: 1, b: 1 } });
  assert.equal(even.decision.rule, "sample_ratio_mismatch");
  assert.equal(even.health.split.source, "weights");
  assert.ok((even.health.split.sequential_p_value ?? 1) < 1e-50);
  const uneven = analyzed(statistics, { weights: { a: 90, b: 10 } });
  assert.equal(uneven.health.split.status, "ok");
});

Deno.test("a variant of the setup that nobody was seen in is a mismatch", () => {
  const builder = counted({ a: 500 }).setup([["a", 50], ["b", 50]]);
  const { split, checks } = analyzed(builder.build()).health;
  assert.equal(split.status, "failed");
  assert.deepEqual(
    split.variants.map(({ variant_name, users }) => [variant_name, users]),
    [["a", 500], ["b", 0]],
  );
  assert.match(checks[0]?.message ?? "", /b 0 \(0\.0%, intended 50\.0%\)/);
});

Deno.test("users in a variant that the setup gives nobody are a mismatch", () => {
  const builder = counted({ a: 500, b: 5 }).setup([["a", 100], ["b", 0]]);
  const check = checkOf(builder, "sample_ratio");
  assert.equal(check.status, "failed");
  assert.match(check.message, /5 users are in “b”/);
});

Deno.test("too few users say nothing of the split", () => {
  const builder = counted({ a: 14, b: 1 }).setup([["a", 50], ["b", 50]]);
  assert.equal(checkOf(builder, "sample_ratio").status, "unknown");
});

Deno.test("several setups are reported, and a split that changed is not tested", () => {
  const builder = counted({ a: 700, b: 300 })
    .setup([["a", 50], ["b", 50]]).setup([["a", 90], ["b", 10]]);
  const { health } = analyzed(builder.build());
  assert.equal(health.split.status, "unknown");
  assert.match(health.checks[0]?.message ?? "", /several splits/);
  assert.deepEqual(
    health.setups.map(({ variants }) => variants.map(({ share }) => share)),
    [[0.5, 0.5], [0.9, 0.1]],
  );
});

Deno.test("a rollout that moves the split is warned of; weights that move users fail", () => {
  const ramped = counted({ a: 100, b: 100 })
    .setup([["a", 50], ["b", 50]], 1.5).setup([["a", 50], ["b", 50]], 100);
  assert.equal(checkOf(ramped, "setup_changed").status, "warning");
  const reordered = counted({ a: 100, b: 100 })
    .setup([["a", 50], ["b", 50]]).setup([["b", 50], ["a", 50]]);
  assert.equal(checkOf(reordered, "setup_changed").status, "failed");
  const kept = counted({ a: 100, b: 100 }).setup([["a", 50], ["b", 50]]);
  assert.equal(checkOf(kept, "setup_changed").status, "ok");
});

Deno.test("unmarked assignments stay in their variant, and a difference is warned of", () => {
  const builder = simulated({
    a: { users: 2000, rate: 0.6, unmarked: 0.1 },
    b: { users: 2000, rate: 0.6, unmarked: 0.3 },
  });
  const { health, metrics } = analyzed(builder.build());
  const [a, b] = health.unmarked.variants;
  assert.equal(health.unmarked.status, "warning");
  assert.equal(a?.assignments, 2000);
  assert.ok(Math.abs((a?.share ?? 0) - 0.1) < 0.03);
  assert.ok((b?.difference?.always_valid.lower ?? 0) > 0);
  const all = metrics.find(({ metric }) => metric === "success_per_assignment");
  assert.equal(all?.variants[0]?.denominator, 2000);
  assert.equal(all?.variants[1]?.comparison?.status, "worse");
});

Deno.test("the share without outcome has the precision that the users' own records give", () => {
  const random = seeded(21);
  const builder = new StatisticsBuilder(["a"]);
  const rows = Array.from({ length: 300 }, () => {
    const user = mixedUser(random);
    builder.add("a", user);
    const unmarked = user.filter(({ outcome }) => outcome === undefined);
    return [unmarked.length, user.length] as const;
  });
  const sum = (figure: (row: readonly [number, number]) => number): number =>
    rows.reduce((total, row) => total + figure(row), 0);
  const share = sum(([unmarked]) => unmarked) / sum(([, all]) => all);
  const squares = sum(([unmarked, all]) => (unmarked - share * all) ** 2);
  const standardError = Math.sqrt(squares * 300 / 299) / sum(([, all]) => all);
  const [arm] = analyzed(builder.build()).health.unmarked.variants;
  assert.equal(arm?.share, share);
  const half = (arm?.interval?.upper ?? 0) - share;
  assert.ok(Math.abs(half / (1.9679 * standardError) - 1) < 1e-4, String(half));
});

Deno.test("as many unmarked on both sides are no warning", () => {
  const alike = { users: 2000, rate: 0.6, unmarked: 0.2 };
  assert.equal(
    checkOf(simulated({ a: alike, b: alike }), "unmarked").status,
    "ok",
  );
});

Deno.test("costs that are known for a part of the calls are warned of, costs that nobody sends are not", () => {
  const some = { users: 500, rate: 0.6, costKnown: 0.8 };
  const check = checkOf(simulated({ a: some, b: some }), "unknown_usage");
  assert.equal(check.status, "warning");
  assert.match(
    check.message,
    /^The cost is known for only \d\d\.\d% of the calls of “[ab]”/,
  );
  const none = { users: 500, rate: 0.6, cost: null };
  assert.equal(
    checkOf(simulated({ a: none, b: none }), "unknown_usage").status,
    "ok",
  );
});

Deno.test("every config of a variant is listed with its time", () => {
  const builder = counted({ a: 10, b: 10 }).config("a", "one")
    .config("b", "two").config("b", "three", 3);
  const { configs, checks } = analyzed(builder.build()).health;
  assert.deepEqual(
    configs.map(({ variant_name, hash, first_seen }) =>
      `${variant_name} ${hash} ${first_seen}`
    ),
    [
      "a one 2026-01-01T00:00:00.000Z",
      "b two 2026-01-01T00:00:00.000Z",
      "b three 2026-01-04T00:00:00.000Z",
    ],
  );
  assert.equal(checks[2]?.status, "failed");
});

Deno.test("the pace is that of the last seven full days", () => {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let day = 0; day <= 10; day++) {
    // The first days bring many, the last day has only begun.
    for (let n = 0; n < (day < 3 ? 100 : 20); n++) {
      builder.add(n % 2 === 0 ? "a" : "b", [{}], day);
    }
  }
  const { pace } = analyzed(builder.build());
  assert.equal(pace.days, 7);
  assert.equal(pace.users_per_day, 20);
  assert.deepEqual(
    pace.variants.map(({ users_per_day }) => users_per_day),
    [10, 10],
  );
  assert.equal(pace.days_running, 10.5);
});

Deno.test("a pace over less than a day is over the time since the first record", () => {
  const builder = counted({ a: 60, b: 60 });
  const { pace } = analyzed(builder.build());
  assert.equal(pace.days, 0.5);
  assert.equal(pace.users_per_day, 240);
  const statistics = { ...builder.build(), lastSeen: START + DAY / 1000 };
  assert.equal(analyzed(statistics).pace.users_per_day, null);
});

Deno.test("distributions count every value, in bins that all variants share", () => {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let n = 0; n < 300; n++) {
    builder.add("a", [{
      calls: [{ latencyMs: 100 + n }, { latencyMs: 5000 }],
    }]);
    builder.add("b", [{ calls: [{ latencyMs: 100 + n }] }]);
  }
  const { distributions } = analyzed(builder.build());
  assert.deepEqual(distributions.map(({ metric }) => metric), ["latency"]);
  const [a, b] = distributions[0]?.variants ?? [];
  assert.deepEqual([a?.count, b?.count], [600, 300]);
  for (const { bins, count } of [a, b].filter((one) => one !== undefined)) {
    assert.equal(bins.reduce((sum, bin) => sum + bin.count, 0), count);
    bins.forEach(({ lower, upper }, place) => {
      assert.ok(upper / lower < 1.15, `${lower} ${upper}`);
      assert.ok((bins[place + 1]?.lower ?? Infinity) >= upper);
    });
  }
  assert.deepEqual(
    a?.bins.slice(0, -1).map(({ lower }) => lower),
    b?.bins.map(({ lower }) => lower),
  );
});

Deno.test("the split of many variants names those that are furthest off alone", () => {
  const names = Array.from({ length: 40 }, (_, n) => `v${n}`);
  const users = Object.fromEntries(names.map((name) => [name, 30]));
  const builder = counted({ ...users, v7: 90 })
    .setup(names.map((name) => [name, 1]));
  const { message } = checkOf(builder, "sample_ratio");
  assert.match(message, /: of 40 variants the furthest off are v7 90 \(/);
  assert.equal(message.match(/intended 2\.5%/g)?.length, 4);
});

Deno.test("an unknown split says whether equal weights could have given it, and warns of a decision", () => {
  const users = (a: number, b: number) =>
    checkOf(counted({ a, b }), "sample_ratio");
  assert.match(
    users(900, 100).message,
    /Equal weights would not split users like this: p < 0\.0001\./,
  );
  assert.match(users(505, 495).message, /as equal weights may split them\./);
  assert.doesNotMatch(users(3, 1).message, /equal weights/i);
  const arms = { a: { users: 2000, rate: 0.5 }, b: { users: 2000, rate: 0.6 } };
  const unknown = analyzed({ ...simulated(arms).build(), setups: [] }).decision;
  assert.equal(unknown.action, "ship");
  assert.match(unknown.warnings.join(), /^The intended split is not known/);
  const known = analyzed(simulated(arms).build()).decision;
  assert.deepEqual([known.action, known.warnings], ["ship", []]);
});

Deno.test("a decision by fixed intervals warns that they hold for one look", () => {
  const arms = { a: { users: 2000, rate: 0.5 }, b: { users: 2000, rate: 0.6 } };
  const statistics = simulated(arms).build();
  const { warnings } = analyzed(statistics, { interval: "fixed" }).decision;
  assert.match(warnings.join(), /^Fixed intervals decided: .* a single look/);
  const few = simulated({ a: { users: 9, rate: 0 }, b: { users: 9, rate: 1 } });
  const open = analyzed(few.build(), { interval: "fixed" }).decision;
  assert.deepEqual([open.action, open.warnings], ["keep_running", []]);
});
