import assert from "node:assert/strict";
import fc from "fast-check";
import { sketchBucket } from "../sketch.ts";
import {
  type ClusteredQuantile,
  clusteredQuantile,
  quantileEstimate,
  quantileInterval,
} from "./clustered_quantile.ts";
import {
  quantileDifference,
  quantileDifferenceZ,
} from "./quantile_difference.ts";
import { NO_VALUES } from "./sketch_cells.ts";
import { nearestRank, rankPosition, sketchRanks } from "./sketch_ranks.ts";
import { seededRandom } from "./testing/seeded_random.ts";
import { sketchOf } from "./testing/sketch_of.ts";

function quantile(
  values: readonly (readonly [number, number])[],
  share: number,
): ClusteredQuantile {
  const ranks = sketchRanks(sketchOf(values));
  assert.ok(ranks !== null);
  return clusteredQuantile(ranks, share);
}

/** Each of `users` users has a shard of its own kind, and some values. */
const SPREAD = Array.from(
  { length: 6400 },
  (_, i) => [i % 64, 1000 + (i * 7919) % 6400] as const,
);

Deno.test("a quantile is within 0.8% of the true one", () => {
  for (const share of [0.01, 0.5, 0.9, 0.99]) {
    const { value } = quantile(SPREAD, share);
    const exact = 1000 + share * 6400;
    assert.ok(Math.abs(value / exact - 1) < 0.008, `${share}: ${value}`);
  }
});

Deno.test("rankPosition() grows with the share, within each bucket as well", () => {
  const ranks = sketchRanks(sketchOf(SPREAD));
  assert.ok(ranks !== null);
  let before = -1;
  for (let share = 0; share <= 1; share += 1 / 4096) {
    const { value } = rankPosition(ranks, share);
    assert.ok(value >= before, `${share}: ${value} after ${before}`);
    before = value;
  }
});

Deno.test("small integers are exact", () => {
  const values = [0, 0, 0, 5, 5, 63].map((value, i) => [i, value] as const);
  assert.equal(quantile(values, 0.5).value, 0);
  assert.equal(quantile(values, 0.6).value, 5);
  assert.equal(quantile(values, 1).value, 63);
});

Deno.test("clustered values have a wider interval than independent ones", () => {
  // The same values, once spread over all shards, once one shard for each.
  const clustered = SPREAD.map(([, value]) =>
    [Math.floor((value - 1000) / 100), value] as const
  );
  const loose = quantile(SPREAD, 0.5).rankError;
  const tight = quantile(clustered, 0.5).rankError;
  assert.ok(tight > 3 * loose, `${tight} ${loose}`);
});

Deno.test("a rank's error is that of its definition", () => {
  // Below the median of 30: two of two values in shard 0, one of two in 1.
  const median = quantile([[0, 10], [0, 20], [1, 30], [1, 40]], 0.75);
  assert.equal(median.value, 30);
  // Σ(I_b − q·n_b)² = 2·0.5², times B/(B − 1) = 2; over n = 4.
  assert.equal(median.rankError, 1 / 4);
});

Deno.test("quantileInterval() has no answer where the quantile may be above all values", () => {
  const few = Array.from(
    { length: 20 },
    (_, i) => [i, 100 + 50 * i] as const,
  );
  assert.equal(quantileInterval(quantile(few, 0.99), 1.96), null);
  assert.notEqual(quantileInterval(quantile(few, 0.5), 1.96), null);
  const oneShard = few.map(([, value]) => [0, value] as const);
  assert.equal(quantileInterval(quantile(oneShard, 0.5), 1.96), null);
  assert.equal(quantileEstimate(quantile(oneShard, 0.5), 20), null);
  assert.equal(sketchRanks(NO_VALUES), null);
});

Deno.test("a quantile's difference, its ratio and its z score never contradict each other", () => {
  for (const factor of [0.7, 0.98, 1, 1.01, 1.03, 1.5]) {
    const a = quantile(SPREAD, 0.9);
    const b = quantile(
      SPREAD.map(([shard, value]) =>
        [(shard * 5 + 3) % 64, Math.round(value * factor)] as const
      ),
      0.9,
    );
    const z = quantileDifferenceZ(a, b);
    assert.ok(z !== null);
    for (const multiplier of [0.5, 1.96, 3.3, 5]) {
      const found = quantileDifference(a, b, multiplier);
      assert.ok(found !== null && found.relative !== null);
      const { interval, relative } = found;
      const apart = interval.lower > 0 || interval.upper < 0;
      assert.equal(apart, Math.abs(z) > multiplier);
      assert.equal(relative.lower > 0 || relative.upper < 0, apart);
      const lift = found.value / a.value;
      assert.ok(relative.lower <= lift && lift <= relative.upper);
    }
  }
});

Deno.test("a quantile's difference turns over with its arms", () => {
  // A heavy tail: the two sides of each interval are far from equal.
  const skewed = (factor: number): ClusteredQuantile =>
    quantile(
      SPREAD.map(([shard, value], i) =>
        [shard, Math.round(factor * value * 2 ** (i % 97 / 12))] as const
      ),
      0.9,
    );
  const [a, b] = [skewed(1), skewed(1.2)];
  const up = quantileDifference(a, b, 3);
  const down = quantileDifference(b, a, 3);
  assert.ok(up !== null && down !== null);
  const near = (x: number, y: number): boolean =>
    Math.abs(x - y) < 1e-6 * Math.abs(x);
  assert.ok(near(up.interval.lower, -down.interval.upper));
  assert.ok(near(up.interval.upper, -down.interval.lower));
  const left = up.value - up.interval.lower;
  const right = up.interval.upper - up.value;
  assert.ok(Math.abs(left / right - 1) > 0.01, `${left} ${right}`);
  assert.equal(quantileDifferenceZ(a, b), -(quantileDifferenceZ(b, a) ?? NaN));
  assert.ok((quantileDifferenceZ(a, b) ?? NaN) > 0);
});

Deno.test("two equal arms do not differ where the quantile lies at a bucket's bound", () => {
  // Half of all values at either side of a bound, by a coin for each user.
  const bound = 128 * 8;
  assert.notEqual(sketchBucket(bound - 1), sketchBucket(bound));
  let beyond = 0;
  for (let run = 0; run < 200; run++) {
    const random = seededRandom(run);
    const arm = (): ClusteredQuantile =>
      quantile(
        Array.from({ length: 3000 }, () => {
          const low = random() < 0.5;
          const step = Math.floor(random() * 8);
          return [
            Math.floor(random() * 64),
            low ? bound - 1 - step : bound + step,
          ] as const;
        }),
        0.5,
      );
    const z = quantileDifferenceZ(arm(), arm());
    assert.ok(z !== null);
    if (Math.abs(z) > 1.96) beyond++;
  }
  assert.ok(beyond <= 18, `${beyond} of 200 beyond 1.96`);
});

Deno.test("nearestRank() is within 0.78% of the value of that rank", () => {
  fc.assert(fc.property(
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 63 }),
        fc.integer({ min: 0, max: 36_000_000 }),
      ),
      { minLength: 1 },
    ),
    fc.constantFrom(0, 0.5, 0.9, 0.95, 0.99, 1),
    (list, share) => {
      const ranks = sketchRanks(sketchOf(list));
      assert.ok(ranks !== null);
      const sorted = list.map(([, value]) => value).sort((a, b) => a - b);
      const rank = Math.max(1, Math.ceil(share * list.length));
      const truth = sorted[rank - 1] ?? NaN;
      assert.ok(Math.abs(nearestRank(ranks, share) - truth) <= truth * 0.0078);
    },
  ));
});
