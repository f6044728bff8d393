import assert from "node:assert/strict";
import {
  oneSidedSequenceMultiplier,
  oneSidedSequencePValue,
  sequenceMultiplier,
  sequencePValue,
} from "./confidence_sequence.ts";
import { difference, relativeLift, zScore } from "./difference.ts";
import type { Estimate } from "./estimate.ts";
import { estimateInterval } from "./estimate_interval.ts";
import { fiellerInterval } from "./fieller_interval.ts";
import { welchTest } from "./welch.ts";
import { wilsonInterval } from "./wilson_interval.ts";

const VALUES = [-5, -1e-3, 0.004, 0.5, 0.51, 1, 7, 1e6];
const ERRORS = [1e-9, 1e-3, 0.02, 0.2, 1, 300];

function* pairs(): Generator<[Estimate, Estimate]> {
  for (const a of VALUES) {
    for (const b of VALUES) {
      for (const seA of ERRORS) {
        for (const seB of ERRORS) {
          yield [
            { users: 900, value: a, variance: seA * seA },
            { users: 1100, value: b, variance: seB * seB },
          ];
        }
      }
    }
  }
}

Deno.test("the relative interval never contradicts the absolute one", () => {
  let compared = 0;
  for (const [control, treatment] of pairs()) {
    for (const multiplier of [1.96, sequenceMultiplier(2000)]) {
      const absolute = estimateInterval(
        difference(control, treatment),
        multiplier,
      );
      const relative = fiellerInterval(control, treatment, multiplier);
      if (relative === null) continue;
      compared++;
      const lift = relativeLift(control, treatment) ?? NaN;
      assert.ok(relative.lower <= lift && lift <= relative.upper);
      assert.equal(Math.sign(relative.lower) > 0, absolute.lower > 0);
      assert.equal(Math.sign(relative.upper) < 0, absolute.upper < 0);
    }
  }
  assert.ok(compared > 2000, String(compared));
});

Deno.test("fiellerInterval() has no end exactly when the control may be 0", () => {
  for (const [control, treatment] of pairs()) {
    const z = Math.abs(zScore(control) ?? NaN);
    if (Math.abs(z - 1.96) < 1e-9) continue;
    assert.equal(fiellerInterval(control, treatment, 1.96) === null, z < 1.96);
  }
  const zero = { users: 9, value: 0, variance: 0 };
  assert.equal(fiellerInterval(zero, zero, 2), null);
});

Deno.test("fiellerInterval() holds just the ratios that its test keeps", () => {
  for (const [control, treatment] of pairs()) {
    const interval = fiellerInterval(control, treatment, 2.5);
    if (interval === null) continue;
    const size = Math.abs(control.value);
    for (const lift of [interval.lower, interval.upper]) {
      const ratio = Math.sign(control.value) + lift;
      const distance = Math.abs(treatment.value - ratio * size);
      const allowed = 2.5 *
        Math.sqrt(treatment.variance + ratio * ratio * control.variance);
      assert.ok(
        // A lift near −1 holds the treatment to a bit of the control's size.
        Math.abs(distance - allowed) <=
          1e-9 * allowed + 1e-14 * (size + Math.abs(treatment.value)),
        `${distance} ${allowed}`,
      );
    }
  }
});

Deno.test("a sequence's p-value and its interval agree", () => {
  for (const users of [1, 2, 100, 999, 5e3, 1e6, 1e10]) {
    for (const alpha of [0.001, 0.01, 0.05, 0.1, 0.3]) {
      const two = sequenceMultiplier(users, alpha);
      assert.ok(sequencePValue(two * (1 + 1e-9), users, alpha) <= alpha);
      assert.ok(sequencePValue(-two * (1 - 1e-9), users, alpha) > alpha);
      const one = oneSidedSequenceMultiplier(users, alpha);
      assert.ok(
        oneSidedSequencePValue(one * (1 + 1e-9), users, alpha) <= alpha,
      );
      assert.ok(oneSidedSequencePValue(one * (1 - 1e-9), users, alpha) > alpha);
    }
  }
});

Deno.test("sequencePValue() falls as z grows, from 1 to 0, without NaN", () => {
  for (const users of [0, 1, 1e3, 1e10]) {
    let before = 1;
    for (const z of [0, 0.5, 1, 2, 3, 5, 10, 40, 1e3, 1e6]) {
      const p = sequencePValue(z, users);
      assert.ok(p >= 0 && p <= before, `${z} ${users} ${p}`);
      before = p;
      assert.ok(oneSidedSequencePValue(-z, users) === 1 || z === 0);
    }
  }
});

Deno.test("one average over N* is at most a fifth wider than perfect tuning", () => {
  for (const users of [300, 500, 1e3, 5e3, 2e4, 1e5, 5e5]) {
    const ratio = sequenceMultiplier(users) /
      sequenceMultiplier(users, 0.05, [users]);
    assert.ok(ratio > 1 && ratio < 1.2, `${users}: ${ratio}`);
  }
});

Deno.test("confidence sequences refuse levels that are none", () => {
  assert.throws(() => sequenceMultiplier(10, 0), /alpha must be/);
  assert.throws(() => sequenceMultiplier(10, 1), RangeError);
  assert.throws(() => oneSidedSequenceMultiplier(10, 0.5), RangeError);
  assert.throws(() => sequencePValue(1, 10, NaN), RangeError);
});

Deno.test("welchTest() has no answer without spread, or with one user", () => {
  const sure = { users: 10, value: 1, variance: 0 };
  assert.equal(welchTest(sure, { ...sure, value: 2 }), null);
  const one = { users: 1, value: 1, variance: 0.5 };
  assert.equal(welchTest(one, { users: 10, value: 1, variance: 0.5 }), null);
});

Deno.test("welchTest() stays finite for tiny and huge variances", () => {
  for (const variance of [1e-300, 1e-30, 1e30, 1e300]) {
    const arm = { users: 50, value: 0, variance };
    const df = welchTest(arm, arm)?.degreesOfFreedom ?? NaN;
    assert.ok(Math.abs(df - 98) < 1e-9, `${variance}: ${df}`);
  }
});

Deno.test("wilsonInterval() stays within [0, 1] and holds the rate", () => {
  for (const trials of [1, 2, 7, 100, 1e10]) {
    for (const share of [0, 0.5, 1]) {
      const successes = Math.round(share * trials);
      const { lower, upper } = wilsonInterval(successes, trials, 1e-6);
      assert.ok(lower >= 0 && upper <= 1);
      assert.ok(lower <= successes / trials && upper >= successes / trials);
    }
  }
  assert.deepEqual(wilsonInterval(0, 0), { lower: 0, upper: 1 });
});
