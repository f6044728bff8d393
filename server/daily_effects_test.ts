import assert from "node:assert/strict";
import { analyze } from "../engine/analysis/analyze.ts";
import { resolveOptions } from "../engine/analysis/resolve_options.ts";
import { StatisticsBuilder } from "../engine/analysis/testing/statistics_builder.ts";
import type { FlagStatistics } from "../engine/statistics/flag_statistics.ts";
import { KvFlagReader } from "../storage/kv/reader.ts";
import { withKv } from "../storage/kv/testing/with_kv.ts";
import { readDailyEffects } from "./daily_effects.ts";

const DAY = 86_400_000;

/** So many users in each variant; 4 and 6 of ten succeed. */
function statisticsOf(users: number): FlagStatistics {
  const builder = new StatisticsBuilder(["a", "b"]);
  for (let user = 0; user < users; user++) {
    for (const [variant, successes] of [["a", 4], ["b", 6]] as const) {
      const outcome = user % 10 < successes ? "success" : "failure";
      builder.add(variant, [{ outcome }]);
    }
  }
  return builder.build();
}

Deno.test("readDailyEffects() gives the effect at the end of each day, and today's as it stands", async () => {
  await withKv(async (kv) => {
    const reader = new KvFlagReader(kv);
    const now = statisticsOf(600);
    const history = [
      { time: 0.2 * DAY, statistics: statisticsOf(150) },
      { time: 0.9 * DAY, statistics: statisticsOf(200) },
      { time: 2.5 * DAY, statistics: statisticsOf(400) },
      { time: 3.1 * DAY, statistics: statisticsOf(500) },
    ];
    reader.readStatistics = () => Promise.resolve(now);
    reader.readHistory = () => Promise.resolve(history);
    const read = (params: string, from: number, to: number) =>
      readDailyEffects(
        reader,
        "flag",
        new URLSearchParams(params),
        { from: from * DAY, to: to * DAY },
        3.5 * DAY,
      );
    const effect = await read("", 0, 9);
    assert.ok(effect !== null && typeof effect === "object");
    const [b, ...more] = effect.variants;
    assert.deepEqual([b?.variant_name, more], ["b", []]);
    const points = b?.points ?? [];
    assert.deepEqual(
      points.map(({ time, users }) => [time / DAY, users]),
      [[0.9, 400], [2.5, 800], [3.5, 1200]],
    );
    // The same as the analysis of that moment says.
    const options = resolveOptions(now, {});
    assert.ok(!("option" in options));
    const analysis = analyze(now, options);
    const success = analysis.metrics.find(({ metric }) =>
      metric === "success_rate"
    );
    assert.deepEqual(
      points.at(-1)?.relative,
      success?.variants[1]?.comparison?.relative,
    );
    const later = await read("metric=success_per_assignment", 1, 3);
    assert.ok(later !== null && typeof later === "object");
    assert.equal(later.metric, "success_per_assignment");
    assert.deepEqual(
      later.variants[0]?.points.map(({ time }) => time / DAY),
      [2.5],
    );
    assert.match(
      String(await read("alpha=7", 0, 9)),
      /^alpha must be a number/,
    );
  });
});
