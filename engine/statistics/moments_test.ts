import assert from "node:assert/strict";
import { exactRatio } from "./exact_ratio.ts";
import { meanEstimate } from "./mean_estimate.ts";
import { sampleCovariance, sampleMean, sampleVariance } from "./moments.ts";
import { ratioEstimate } from "./ratio_estimate.ts";

Deno.test("exactRatio() is exact to the last bit for integers of any size", () => {
  const big = 10n ** 40n + 7n;
  for (
    const [a, b, wanted] of [
      [1n, 3n, 1 / 3],
      [-1n, 3n, -1 / 3],
      [big * 2n, big * 6n, 1 / 3],
      [-big * 22n, big * 7n, -22 / 7],
      [0n, big, 0],
      [big, -1n, -1e40],
      [1n, 10n ** 320n, 1e-320],
      [(2n ** 60n + 1n) * big, big, 2 ** 60],
    ] as const
  ) {
    const got = exactRatio(a, b);
    assert.ok(
      Math.abs(got - wanted) <= Math.abs(wanted) * 2.3e-16,
      `${a}/${b}: ${got}, wanted ${wanted}`,
    );
  }
  assert.throws(() => exactRatio(1n, 0n), RangeError);
});

Deno.test("sampleVariance() keeps its digits where doubles cancel (NIST StRD NumAcc4)", () => {
  // 10000000.2, then 500 times 10000000.1 and 10000000.3, in tenths.
  const values = [100000002n];
  for (let i = 0; i < 500; i++) values.push(100000001n, 100000003n);
  const sum = values.reduce((a, b) => a + b, 0n);
  const squares = values.reduce((a, b) => a + b * b, 0n);
  assert.equal(sampleMean(1001n, sum) / 10, 10000000.2);
  assert.equal(Math.sqrt(sampleVariance(1001n, sum, squares)) / 10, 0.1);
});

Deno.test("sample moments of too few values are 0", () => {
  assert.equal(sampleMean(0n, 0n), 0);
  assert.equal(sampleVariance(1n, 5n, 25n), 0);
  assert.equal(sampleCovariance(0n, 0n, 0n, 0n), 0);
});

Deno.test("sampleCovariance() is that of its definition", () => {
  const x = [1n, 4n, -2n, 9n];
  const y = [3n, 3n, 8n, 0n];
  const sum = (v: bigint[]): bigint => v.reduce((a, b) => a + b, 0n);
  const products = sum(x.map((value, i) => value * (y[i] ?? 0n)));
  // Means 3 and 3.5: Σ(x − 3)(y − 3.5) = 1 − 0.5 − 22.5 − 21.
  assert.equal(sampleCovariance(4n, sum(x), sum(y), products), -43 / 3);
});

Deno.test("meanEstimate() and ratioEstimate() agree where every user has one call", () => {
  const mean = meanEstimate({ users: 4n, sum: 10n, sumOfSquares: 30n }, 0.1);
  const ratio = ratioEstimate({
    users: 4n,
    numerator: 10n,
    denominator: 4n,
    numeratorSquared: 30n,
    denominatorSquared: 4n,
    product: 10n,
  }, 0.1);
  assert.ok(mean !== null && ratio !== null);
  assert.ok(Math.abs(mean.value - ratio.value) < 1e-15);
  assert.ok(Math.abs(mean.variance - ratio.variance) < 1e-15);
});

Deno.test("a scale multiplies the value once and its variance twice", () => {
  const sums = { users: 3n, sum: 6n, sumOfSquares: 14n };
  assert.deepEqual(meanEstimate(sums, 10), {
    users: 3,
    value: 20,
    variance: 1 / 3 * 100,
  });
});

Deno.test("ratioEstimate() is exactly certain when every call succeeds", () => {
  assert.deepEqual(
    ratioEstimate({
      users: 3n,
      numerator: 12n,
      denominator: 12n,
      numeratorSquared: 66n,
      denominatorSquared: 66n,
      product: 66n,
    }),
    { users: 3, value: 1, variance: 0 },
  );
});

Deno.test("ratioEstimate() has no answer over nothing", () => {
  const none = {
    users: 5n,
    numerator: 0n,
    denominator: 0n,
    numeratorSquared: 0n,
    denominatorSquared: 0n,
    product: 0n,
  };
  assert.equal(ratioEstimate(none), null);
  assert.equal(ratioEstimate({ ...none, users: 1n, denominator: 2n }), null);
  assert.equal(meanEstimate({ users: 1n, sum: 1n, sumOfSquares: 1n }), null);
});

Deno.test("ratioEstimate() stays finite for ten billion users at the caps", () => {
  const users = 10n ** 10n;
  // An hour in 0.1 ms; every other user has one call at the cap, or none.
  const cap = 36_000_000n;
  const half = users / 2n;
  const estimate = ratioEstimate({
    users,
    numerator: half * cap,
    denominator: users,
    numeratorSquared: half * cap * cap,
    denominatorSquared: users,
    product: half * cap,
  }, 0.1);
  assert.equal(estimate?.value, 1_800_000);
  assert.ok(Math.abs(Math.sqrt(estimate.variance) / 18 - 1) < 1e-9);
});
