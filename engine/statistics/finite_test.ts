import assert from "node:assert/strict";
import {
  betaChanceToBeat,
  betaDifferenceInterval,
  betaExpectedLoss,
  betaPosterior,
  betaPosteriorInterval,
} from "./beta_posterior.ts";
import { chanceToBeBestWithPrior } from "./chance_to_be_best_with_prior.ts";
import { clopperPearsonInterval } from "./published/clopper_pearson_interval.ts";
import {
  oneSidedSequenceMultiplier,
  oneSidedSequencePValue,
  sequenceMultiplier,
  sequencePValue,
} from "./confidence_sequence.ts";
import { daysLeft } from "./days_left.ts";
import { difference, relativeLift, zScore } from "./difference.ts";
import { differencePosterior } from "./difference_posterior.ts";
import type { Estimate } from "./estimate.ts";
import { estimateInterval } from "./estimate_interval.ts";
import { fiellerInterval } from "./fieller_interval.ts";
import { guardrail } from "./guardrail.ts";
import { newcombeInterval } from "./published/newcombe_interval.ts";
import {
  chanceToBeat,
  expectedLoss,
  posteriorInterval,
} from "./normal_posterior.ts";
import { pooledTTest } from "./published/pooled_t.ts";
import { minimumDetectableLift } from "./power.ts";
import { relativeDelta, relativeDeltaTest } from "./relative_delta.ts";
import { sampleRatioTest } from "./sample_ratio.ts";
import { sequentialSampleRatioPValue } from "./sequential_sample_ratio.ts";
import { zTest } from "./published/wald.ts";
import { welchTest } from "./welch.ts";
import { wilsonInterval } from "./wilson_interval.ts";

/** Fails where a number anywhere in a result is not finite. */
function assertFinite(result: unknown, what: string): void {
  if (typeof result === "number") {
    assert.ok(Number.isFinite(result), `${what}: ${result}`);
  } else if (typeof result === "object" && result !== null) {
    for (const [key, value] of Object.entries(result)) {
      assertFinite(value, `${what}.${key}`);
    }
  }
}

const ESTIMATES: readonly Estimate[] = [1, 2, 100, 1e10].flatMap((users) =>
  [0, -1, 1e-12, 0.5, 3.6e7, 1e18].flatMap((value) =>
    [0, 1e-30, 1e-4, 1, 1e30].map((variance) => ({ users, value, variance }))
  )
);

Deno.test("no comparison of two estimates gives NaN or Infinity", () => {
  let compared = 0;
  for (const [i, control] of ESTIMATES.entries()) {
    // Every pairing of kinds, not of all with all.
    for (let j = i % 7; j < ESTIMATES.length; j += 7) {
      const treatment = ESTIMATES[j];
      if (treatment === undefined) continue;
      const effect = difference(control, treatment);
      const multiplier = sequenceMultiplier(effect.users);
      const z = zScore(effect);
      const prior = { mean: 0, sd: 0.3 };
      const posterior = differencePosterior(control, treatment, prior);
      assertFinite({
        effect,
        lift: relativeLift(control, treatment),
        absolute: estimateInterval(effect, multiplier),
        fieller: fiellerInterval(control, treatment, multiplier),
        p: z === null ? null : sequencePValue(z, effect.users),
        oneSided: z === null ? null : oneSidedSequencePValue(z, effect.users),
        welch: welchTest(control, treatment),
        pooled: pooledTTest(control, treatment),
        wald: zTest(control, treatment),
        delta: relativeDelta(control, treatment),
        deltaTest: relativeDeltaTest(control, treatment),
        posterior,
        credible: posteriorInterval(posterior),
        chance: chanceToBeat(posterior),
        loss: expectedLoss(posterior),
        best: chanceToBeBestWithPrior(
          [control, treatment, control],
          0.3 * Math.abs(control.value),
        ),
        least: minimumDetectableLift(control, multiplier),
        days: daysLeft({
          control,
          treatment,
          minimumEffect: 0.05,
          usersPerDay: 10,
        }),
        guardrails: (["relative", "absolute"] as const).map((kind) =>
          guardrail({
            control,
            treatment,
            direction: "lower",
            margin: { kind, value: 0.02 },
          })
        ),
      }, JSON.stringify([control, treatment]));
      compared++;
    }
  }
  assert.ok(compared > 1000);
});

Deno.test("no rate and no split gives NaN or Infinity", () => {
  for (const trials of [0, 1, 2, 100, 1e6, 1e10]) {
    for (const share of [0, 0.005, 0.5, 1]) {
      const successes = Math.round(share * trials);
      const arm = betaPosterior(successes, trials);
      const even = betaPosterior(Math.floor(trials / 2), trials);
      assertFinite({
        wilson: wilsonInterval(successes, trials),
        exact: clopperPearsonInterval(successes, trials),
        newcombe: newcombeInterval([successes, trials], [0, trials]),
        credible: betaPosteriorInterval(arm),
        chance: betaChanceToBeat(arm, even),
        loss: betaExpectedLoss(arm, even),
        interval: trials <= 1e6 ? betaDifferenceInterval(arm, even) : null,
        split: sampleRatioTest([successes, trials], [1, 1]),
        sequential: sequentialSampleRatioPValue([successes, trials], [1, 3]),
      }, `${successes}/${trials}`);
    }
  }
  const twenty = Array.from({ length: 20 }, (_, i) => i * 1e8);
  assertFinite({
    split: sampleRatioTest(twenty, twenty.map(() => 1)),
    sequential: sequentialSampleRatioPValue(twenty, twenty.map(() => 1)),
  }, "twenty arms");
});

Deno.test("no number of users gives a sequence NaN or Infinity", () => {
  for (const users of [0, 1, 10, 1e3, 1e10, 1e15]) {
    for (const alpha of [1e-10, 0.001, 0.05, 0.4]) {
      assertFinite({
        two: sequenceMultiplier(users, alpha),
        one: oneSidedSequenceMultiplier(users, alpha),
        p: sequencePValue(1e9, users, alpha),
        q: oneSidedSequencePValue(-1e9, users, alpha),
      }, `${users} ${alpha}`);
    }
  }
});
