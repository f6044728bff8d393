import assert from "node:assert/strict";
import further from "../vectors/statistics_further.json" with { type: "json" };
import reference from "../vectors/statistics_reference.json" with {
  type: "json",
};
import { betaCdf } from "../../engine/statistics/beta_distribution.ts";
import { chiSquareUpperTail } from "../../engine/statistics/chi_square.ts";
import {
  gammaLn,
  gammaUpper,
} from "../../engine/statistics/gamma_functions.ts";
import {
  obrienFlemingSpending,
  pocockSpending,
  powerSpending,
} from "../../engine/statistics/published/group_sequential_bounds.ts";
import {
  normalCdf,
  normalQuantile,
} from "../../engine/statistics/normal_distribution.ts";
import { tCdf, tQuantile } from "../../engine/statistics/t_distribution.ts";
import * as adjustment from "./adjustment_methods.ts";
import * as boundary from "./boundary_methods.ts";
import * as design from "./design_methods.ts";
import * as effect from "./effect_methods.ts";
import { get, type Json, list, num, nums, type Output, row } from "./inputs.ts";
import * as rate from "./rate_methods.ts";

type Method = (inputs: Json) => Output;

function table(f: (...x: number[]) => number): Method {
  return (inputs) => ({
    values: list(inputs, "points").map((point) => f(...row(point))),
  });
}

/** Every method, by the name that further cases call it by. */
const METHODS: { readonly [name: string]: Method } = {
  bayes: effect.bayes,
  adjusted_intervals: effect.adjustedIntervals,
  chance_of_normal: effect.chanceOfNormal,
  risk: effect.riskOfNormal,
  welch: effect.welch,
  sequence: effect.sequence,
  one_sided_sequence: effect.oneSidedSequence,
  delta_variance: effect.deltaVariance,
  pooled: effect.pooled,
  cuped: adjustment.cuped,
  cuped_theta: adjustment.theta,
  cuped_ratio_raw: adjustment.cupedRatioRaw,
  cuped_ratio: adjustment.cupedRatio,
  derived_ratio: adjustment.derivedRatio,
  numerical_accuracy: adjustment.numericalAccuracy,
  days_left: design.daysLeft,
  power_by_week: design.powerByWeek,
  planned_power: design.plannedPower,
  bayesian_power_by_week: design.bayesianPowerByWeek,
  sample_ratio: design.sampleRatio,
  adjusted: design.adjusted,
  z_power: design.zPower,
  one_sided_power: design.oneSidedPower,
  corrected_level: design.correctedLevel,
  proportions_plan: design.proportionsPlan,
  means_plan: design.meansPlan,
  planned_sample_size: design.plannedSampleSize,
  sample_size: design.sampleSizes,
  proportions_difference: rate.proportionsDifference,
  bonferroni_arms: rate.bonferroniArms,
  equal_proportions: rate.equalProportions,
  rate_intervals: rate.rateIntervals,
  rate_differences: rate.rateDifferences,
  bernoulli: rate.bernoulli,
  beta_arms: rate.betaArms,
  beta_binomial: rate.betaBinomial,
  non_inferiority: rate.nonInferiority,
  group_sequential_look: rate.groupSequentialLook,
  group_sequential_looks: rate.groupSequentialLooks,
  obrien_fleming: rate.groupSequential(obrienFlemingSpending),
  pocock: rate.groupSequential(pocockSpending),
  power_spending: rate.groupSequential(powerSpending(2)),
  obrien_fleming_spending: (inputs) => ({
    spent: nums(inputs, "times").map((t) =>
      obrienFlemingSpending(t, num(inputs, "alpha"))
    ),
  }),
  normal_mixture: boundary.normal,
  gamma_poisson: boundary.gammaPoisson,
  gamma_exponential: boundary.gammaExponential,
  beta_binomial_mixture: boundary.betaBinomial,
  poly_stitching: boundary.polynomialStitching,
  double_stitching: boundary.doubleStitching,
  empirical_process: boundary.empiricalProcess,
  quantile_equality: boundary.quantileEquality,
  normcdf: table((x = NaN) => normalCdf(x)),
  normquantile: table((p = NaN) => normalQuantile(p)),
  tcdf: table((t = NaN, df = NaN) => tCdf(t, df)),
  tquantile: table((p = NaN, df = NaN) => tQuantile(p, df)),
  betacdf: table((x = NaN, a = NaN, b = NaN) => betaCdf(x, a, b)),
  chi2sf: table((x = NaN, df = NaN) => chiSquareUpperTail(x, df)),
  gammaln: table((x = NaN) => gammaLn(x)),
  gammaQ: table((a = NaN, x = NaN) => gammaUpper(a, x)),
};

/** What method a published case is of, by the start of its id. */
const METHOD_OF: readonly (readonly [start: string, method: string])[] = [
  ["gb-bayes", "bayes"],
  ["gb-risk", "risk"],
  ["gb-ttest", "welch"],
  ["gb-seq-onesided", "one_sided_sequence"],
  ["gb-seq", "sequence"],
  ["gb-cuped-theta", "cuped_theta"],
  ["gb-cuped-ratio-raw", "cuped_ratio_raw"],
  ["gb-cuped", "cuped"],
  ["gb-days-left", "days_left"],
  ["gb-delta-variance", "delta_variance"],
  ["gb-power-by-week", "power_by_week"],
  ["gb-srm", "sample_ratio"],
  ["gb-holm", "adjusted"],
  ["ph-ttest", "welch"],
  ["sp-chisq", "proportions_difference"],
  ["sp-bonferroni", "bonferroni_arms"],
  ["sp-power", "z_power"],
  ["sp-non-inferiority", "non_inferiority"],
  ["sp-group-sequential", "group_sequential_look"],
  ["sp-beta-binomial", "beta_binomial"],
  ["cs-normal-mixture", "normal_mixture"],
  ["cs-gamma-poisson", "gamma_poisson"],
  ["cs-poly-stitching", "poly_stitching"],
  ["cs-double-stitching", "double_stitching"],
  ["cs-bernoulli", "bernoulli"],
  ["ex-sample-size", "sample_size"],
  ["ex-derived-ratio", "derived_ratio"],
  ["r-prop-test", "equal_proportions"],
  ["newcombe", "rate_intervals"],
  ["nist-numacc", "numerical_accuracy"],
  ["spec-", ""],
];

function methodOf(id: string, named: Json | undefined): Method {
  const [start, name] = typeof named === "string"
    ? ["", named]
    : METHOD_OF.find(([start]) => id.startsWith(start)) ?? ["", ""];
  const method = METHODS[name === "" ? id.slice(start.length) : name];
  assert.ok(method !== undefined, `${id} has a method`);
  return method;
}

/** This case's prior stands in its method, in words. */
function inputsOf(id: string, inputs: Json): Json {
  if (id !== "gb-days-left-bayes" || typeof inputs !== "object") return inputs;
  return { ...inputs, prior: { mean: 0.05, variance: 0.001 } };
}

function compare(
  got: Output | undefined,
  wanted: Json,
  tolerance: Json,
  path: string,
): void {
  if (Array.isArray(wanted)) {
    assert.ok(Array.isArray(got) && got.length === wanted.length, path);
    wanted.forEach((value, i) =>
      compare(got[i], value, tolerance, `${path}[${i}]`)
    );
  } else if (typeof wanted === "number") {
    assert.ok(typeof got === "number", `${path} must be a number, got ${got}`);
    const allowed =
      (get(tolerance, "abs") === undefined ? 0 : num(tolerance, "abs")) +
      (get(tolerance, "rel") === undefined ? 0 : num(tolerance, "rel")) *
        Math.abs(wanted);
    assert.ok(
      Math.abs(got - wanted) <= allowed,
      `${path} must be ${wanted} within ${allowed}, got ${got}`,
    );
  } else assert.equal(got, wanted, path);
}

for (const file of [reference, further]) {
  const cases: readonly Json[] = file.cases;
  for (const one of cases) {
    const id = String(get(one, "id"));
    Deno.test(`reference case ${id}`, () => {
      const given = get(one, "inputs");
      const expected = get(one, "expected");
      const tolerance = get(one, "tolerance");
      assert.ok(given !== undefined && tolerance !== undefined);
      assert.ok(typeof expected === "object" && expected !== null);
      const got = methodOf(id, get(one, "use"))(inputsOf(id, given));
      assert.ok(typeof got === "object" && got !== null);
      const figures = Object.entries(expected);
      assert.ok(figures.length > 0);
      for (const [key, wanted] of figures) {
        const found = Object.entries(got).find(([name]) => name === key)?.[1];
        compare(found, wanted, get(tolerance, key) ?? tolerance, key);
      }
    });
  }
}

Deno.test("the reference file is whole", () => {
  assert.equal(reference.cases.length, reference.count);
});
