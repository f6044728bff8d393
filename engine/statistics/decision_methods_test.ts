import assert from "node:assert/strict";
import { sequenceMultiplier } from "./confidence_sequence.ts";
import { daysLeft, trafficFactor } from "./days_left.ts";
import { guardrail, type GuardrailOptions } from "./guardrail.ts";
import {
  credibleIntervalPower,
  minimumDetectableDifference,
  minimumDetectableLift,
  sampleSize,
  testPower,
} from "./power.ts";

const ARM = { users: 5000, value: 0.8, variance: 0.00002 };

function verdictOf(
  options: Partial<GuardrailOptions> & { readonly value: number },
): string {
  return guardrail({
    control: ARM,
    treatment: { ...ARM, value: options.value },
    direction: "higher",
    margin: { kind: "relative", value: 0.05 },
    ...options,
  }).verdict;
}

Deno.test("a guardrail passes, fails and waits", () => {
  assert.equal(verdictOf({ value: 0.8 }), "pass");
  assert.equal(verdictOf({ value: 0.9 }), "pass");
  assert.equal(verdictOf({ value: 0.75 }), "pending");
  assert.equal(verdictOf({ value: 0.65 }), "fail");
  assert.equal(verdictOf({ value: 0.9, direction: "lower" }), "fail");
  assert.equal(
    verdictOf({ value: 0.79, margin: { kind: "absolute", value: 0.04 } }),
    "pass",
  );
});

Deno.test("a guardrail's interval and verdict agree", () => {
  for (const value of [0.6, 0.7, 0.74, 0.75, 0.76, 0.77, 0.8, 0.85]) {
    for (const direction of ["higher", "lower"] as const) {
      for (const kind of ["relative", "absolute"] as const) {
        for (const sequential of [true, false]) {
          const margin = { kind, value: 0.03 };
          const { verdict, interval, harm } = guardrail({
            control: ARM,
            treatment: { ...ARM, value },
            direction,
            margin,
            sequential,
          });
          assert.ok(interval !== null && harm !== null);
          assert.ok(interval.lower <= harm && harm <= interval.upper);
          assert.equal(verdict === "pass", interval.upper <= margin.value);
          assert.equal(verdict === "fail", interval.lower >= margin.value);
        }
      }
    }
  }
});

Deno.test("a guardrail's verdict turns just where its interval touches a wide margin", () => {
  // The margin is so wide that the control's own error weighs on the verdict.
  const margin = { kind: "relative", value: 0.4 } as const;
  for (const direction of ["higher", "lower"] as const) {
    let turns = 0;
    let before = "";
    for (let value = 0.4; value < 1.3; value += 0.0005) {
      const { verdict, interval } = guardrail({
        control: { users: 900, value: 0.8, variance: 0.0009 },
        treatment: { users: 900, value, variance: 0.0001 },
        direction,
        margin,
      });
      assert.ok(interval !== null);
      assert.equal(verdict === "pass", interval.upper <= margin.value);
      assert.equal(verdict === "fail", interval.lower >= margin.value);
      if (before !== "" && verdict !== before) turns++;
      before = verdict;
    }
    assert.equal(turns, 2);
  }
});

Deno.test("a guardrail works for a control at 0, below 0, and without spread", () => {
  const zero = { users: 500, value: 0, variance: 0 };
  const result = guardrail({
    control: zero,
    treatment: zero,
    direction: "lower",
    margin: { kind: "relative", value: 0.1 },
  });
  assert.equal(result.verdict, "pending");
  assert.equal(result.harm, null);
  assert.equal(result.interval, null);
  const below = { users: 5000, value: -2, variance: 0.0001 };
  const fine = guardrail({
    control: below,
    treatment: { ...below, value: -1.9 },
    direction: "lower",
    margin: { kind: "relative", value: 0.1 },
  });
  assert.equal(fine.harm?.toFixed(6), "0.050000");
  assert.equal(fine.verdict, "pass");
});

Deno.test("power reaches its target at the sample size, and at the least effect", () => {
  const { control, treatment } = sampleSize({
    effect: 0.3,
    variance: 4,
    treatmentVariance: 5,
    ratio: 2,
    power: 0.9,
  });
  const standardError = Math.sqrt(4 / control + 5 / treatment);
  assert.ok(
    Math.abs(testPower(0.3, standardError, 1.959963984540054) - 0.9) < 1e-6,
  );
  const least = minimumDetectableDifference(standardError, 1.96, 0.9);
  assert.ok(Math.abs(least - 0.3) < 1e-5);
  assert.throws(() => sampleSize({ effect: 0, variance: 1 }), RangeError);
});

Deno.test("testPower() is that of a coin that is always or never right without error", () => {
  assert.equal(testPower(0, 0, 2), 0);
  assert.equal(testPower(1, 0, 2), 1);
  assert.ok(Math.abs(testPower(0, 1, 1.959963984540054) - 0.05) < 1e-12);
});

Deno.test("credibleIntervalPower() of a flat prior is the test's power", () => {
  const wide = credibleIntervalPower(0.1, 0.002, { mean: 0, sd: 1e6 });
  const flat = credibleIntervalPower(0.1, 0.002, null);
  assert.ok(Math.abs(wide - flat) < 1e-9);
});

Deno.test("minimumDetectableLift() needs a control that is surely not 0", () => {
  assert.equal(
    minimumDetectableLift({ users: 10, value: 1, variance: 0.5 }, 1.96),
    null,
  );
  const up = minimumDetectableLift(ARM, 1.96);
  assert.equal(minimumDetectableLift({ ...ARM, value: -0.8 }, 1.96), up);
});

Deno.test("daysLeft() is 0 when there is enough, and longer for a sequence", () => {
  const options = {
    control: ARM,
    treatment: ARM,
    minimumEffect: 0.01,
    usersPerDay: 100,
  };
  const sequence = daysLeft(options)?.days ?? NaN;
  const fixed = daysLeft({ ...options, sequential: false })?.days ?? NaN;
  assert.ok(fixed > 0 && sequence > 1.5 * fixed, `${fixed} ${sequence}`);
  assert.deepEqual(daysLeft({ ...options, minimumEffect: 0.5 }), {
    users: 0,
    days: 0,
  });
  assert.equal(daysLeft({ ...options, usersPerDay: 0 })?.days, null);
  assert.equal(daysLeft({ ...options, minimumEffect: 0 }), null);
  assert.equal(daysLeft({ ...options, minimumEffect: 1e-12 }), null);
  const zero = { users: 100, value: 0, variance: 0 };
  assert.equal(daysLeft({ ...options, control: zero }), null);
  assert.equal(
    daysLeft({
      ...options,
      control: { ...zero, value: 1 },
      treatment: { ...zero, value: 1 },
    }),
    null,
  );
});

Deno.test("after the missing users daysLeft() has just the power that was asked for", () => {
  const left = daysLeft({
    control: ARM,
    treatment: ARM,
    minimumEffect: 0.01,
    usersPerDay: 100,
    power: 0.9,
  });
  assert.ok(left !== null && left.days === left.users / 100);
  const users = 2 * ARM.users + left.users;
  const error = Math.sqrt(2 * ARM.variance * 2 * ARM.users / users) /
    ARM.value;
  const power = testPower(0.01, error, sequenceMultiplier(users));
  assert.ok(Math.abs(power - 0.9) < 1e-4, String(power));
});

Deno.test("trafficFactor() gives up where no traffic is enough", () => {
  assert.equal(trafficFactor(() => 0.5), null);
  assert.equal(trafficFactor(() => 0.9), 0);
});
