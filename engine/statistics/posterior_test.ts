import assert from "node:assert/strict";
import vectors from "../../tests/vectors/chance_to_be_best.json" with {
  type: "json",
};
import {
  betaChanceToBeat,
  betaDifferenceInterval,
  betaExpectedLoss,
  betaMean,
  betaPosterior,
  betaPosteriorInterval,
} from "./beta_posterior.ts";
import { chanceToBeBest } from "./chance_to_be_best.ts";
import { chanceToBeBestWithPrior } from "./chance_to_be_best_with_prior.ts";
import { differencePosterior } from "./difference_posterior.ts";
import {
  chanceToBeat,
  expectedLoss,
  normalPosterior,
  posteriorInterval,
} from "./normal_posterior.ts";

Deno.test("chanceToBeBest() agrees with mpmath to 1e-9, up to 20 arms of any spread", () => {
  for (const { arms, chances } of vectors.cases) {
    const got = chanceToBeBest(
      arms.map(([mean = NaN, sd = NaN]) => ({ mean, sd })),
    );
    chances.forEach((wanted, i) => {
      assert.ok(
        Math.abs((got[i] ?? NaN) - wanted) < 1e-9,
        `${JSON.stringify(arms)}: arm ${i} is ${wanted}, got ${got[i]}`,
      );
    });
  }
});

Deno.test("chanceToBeBest() turns over with the direction", () => {
  const arms = [{ mean: 1, sd: 0.3 }, { mean: 1.2, sd: 0.1 }];
  const high = chanceToBeBest(arms, "higher");
  const low = chanceToBeBest(arms, "lower");
  assert.ok(Math.abs((high[0] ?? NaN) - (low[1] ?? NaN)) < 1e-12);
});

Deno.test("chanceToBeBest() shares among arms that are known exactly", () => {
  const sure = { mean: 3, sd: 0 };
  for (const chance of chanceToBeBest([sure, sure, sure])) {
    assert.ok(Math.abs(chance - 1 / 3) < 1e-9);
  }
  assert.deepEqual(
    chanceToBeBest([sure, { mean: 4, sd: 0 }]).map((x) => Math.round(x * 1e9)),
    [0, 1e9],
  );
  assert.deepEqual(chanceToBeBest([sure]), [1]);
  assert.deepEqual(chanceToBeBest([]), []);
  const zero = { mean: 0, sd: 0 };
  assert.deepEqual(
    chanceToBeBest([zero, zero]).map((x) => x.toFixed(9)),
    ["0.500000000", "0.500000000"],
  );
});

Deno.test("with two arms the chance to be best is the chance to beat the control", () => {
  for (const variance of [1e-6, 0.0004, 0.02, 3]) {
    for (const value of [0.3, 0.5, 0.52, 0.9]) {
      const control = { users: 100, value: 0.5, variance: 0.0005 };
      const treatment = { users: 100, value, variance };
      const best = chanceToBeBestWithPrior([control, treatment], 0.15);
      const beat = chanceToBeat(
        differencePosterior(control, treatment, { mean: 0, sd: 0.3 }),
      );
      assert.ok(Math.abs((best[1] ?? NaN) - beat) < 1e-4, `${best[1]} ${beat}`);
    }
  }
});

Deno.test("chanceToBeBestWithPrior() stays finite without spread or prior", () => {
  const arm = { users: 1, value: 0, variance: 0 };
  for (const sd of [null, 0, 1e-9, 1e9]) {
    const chances = chanceToBeBestWithPrior([arm, arm, arm], sd);
    chances.forEach((chance) => assert.ok(Math.abs(chance - 1 / 3) < 1e-6));
  }
});

Deno.test("the chance to beat the control is above ½ exactly where the treatment is better", () => {
  for (const value of [-2, 0.1, 0.4999, 0.5, 0.5001, 3]) {
    for (const controlValue of [-0.5, 0.5]) {
      const control = { users: 9, value: controlValue, variance: 0.04 };
      const chance = chanceToBeat(differencePosterior(
        control,
        { users: 9, value, variance: 0.3 },
        { mean: 0, sd: 0.3 },
      ));
      assert.equal(
        Math.sign(chance - 0.5),
        Math.sign(value - controlValue),
        `${value} ${controlValue} ${chance}`,
      );
    }
  }
});

Deno.test("normalPosterior() takes either side's word where the other has no spread", () => {
  const prior = { mean: 1, sd: 2 };
  assert.deepEqual(normalPosterior(5, 0, prior), { mean: 5, sd: 0 });
  assert.deepEqual(normalPosterior(5, 3, { mean: 1, sd: 0 }), {
    mean: 1,
    sd: 0,
  });
  assert.deepEqual(normalPosterior(5, 4, null), { mean: 5, sd: 2 });
});

Deno.test("expectedLoss() holds its digits for any mean and spread", () => {
  assert.deepEqual(expectedLoss({ mean: 0.01, sd: 4.5e-9 }), {
    keep: 0.01,
    ship: 0,
  });
  assert.deepEqual(expectedLoss({ mean: -0.01, sd: 4.5e-9 }), {
    keep: 0,
    ship: 0.01,
  });
  // E max(−d, 0) at 8 standard deviations, from mpmath.
  const { ship } = expectedLoss({ mean: 8, sd: 1 });
  assert.ok(Math.abs(ship / 7.55026241194650e-17 - 1) < 1e-11, String(ship));
  assert.deepEqual(expectedLoss({ mean: 2, sd: 0 }, "lower"), {
    keep: 0,
    ship: 2,
  });
});

Deno.test("posteriorInterval() is central", () => {
  const { lower, upper } = posteriorInterval({ mean: 1, sd: 1 }, 0.05);
  assert.ok(Math.abs(lower + 0.959963984540054) < 1e-12);
  assert.ok(Math.abs(upper - 2.959963984540054) < 1e-12);
});

Deno.test("beta posteriors agree with exact values", () => {
  const control = betaPosterior(42, 104);
  const treatment = betaPosterior(500, 1009);
  const { keep, ship } = betaExpectedLoss(control, treatment);
  // By quadrature, to the digits given.
  assert.ok(Math.abs(betaChanceToBeat(control, treatment) - 0.962907) < 5e-7);
  assert.ok(Math.abs(keep - 0.09154432) < 5e-9);
  assert.ok(Math.abs(ship - 0.00076167) < 5e-9);
  assert.ok(
    Math.abs(keep - ship - (betaMean(treatment) - betaMean(control))) < 1e-12,
  );
});

Deno.test("betaDifferenceInterval() is the normal one for many trials", () => {
  const control = betaPosterior(5e5, 1e6);
  const treatment = betaPosterior(5.2e5, 1e6);
  const { lower, upper } = betaDifferenceInterval(control, treatment);
  const half = 1.959963984540054 * Math.sqrt(0.25 / 1e6 + 0.52 * 0.48 / 1e6);
  assert.ok(Math.abs(lower - (0.02 - half)) < 1e-7, String(lower));
  assert.ok(Math.abs(upper - (0.02 + half)) < 1e-7, String(upper));
});

Deno.test("beta posteriors work without successes, without trials, and at 1e8", () => {
  for (
    const [a, n, b, m] of [
      [0, 0, 0, 0],
      [0, 10, 0, 10],
      [10, 10, 10, 10],
      [0, 1e6, 5, 1e6],
      [5e7, 1e8, 5.001e7, 1e8],
    ] as const
  ) {
    const control = betaPosterior(a, n);
    const treatment = betaPosterior(b, m);
    const up = betaChanceToBeat(control, treatment);
    const down = betaChanceToBeat(treatment, control);
    assert.ok(Math.abs(up + down - 1) < 1e-6, `${a}/${n}: ${up} + ${down}`);
    const { lower, upper } = betaPosteriorInterval(control);
    assert.ok(lower >= 0 && upper <= 1 && lower < upper);
  }
});
