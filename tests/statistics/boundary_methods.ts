import { betaBinomialMixture } from "../../engine/statistics/published/beta_binomial_mixture.ts";
import { empiricalProcessBoundary } from "../../engine/statistics/published/empirical_process_boundary.ts";
import {
  gammaExponentialMixture,
  gammaPoissonMixture,
} from "../../engine/statistics/published/gamma_mixture.ts";
import {
  type LogMixture,
  mixtureBoundary,
  type MixtureTuning,
} from "../../engine/statistics/published/mixture_boundary.ts";
import { normalMixture } from "../../engine/statistics/published/normal_mixture.ts";
import { quantileEqualityPValue } from "../../engine/statistics/published/quantile_equality_sequence.ts";
import {
  doubleStitchedBoundary,
  polynomialStitchedBoundary,
} from "../../engine/statistics/published/stitched_boundary.ts";
import { get, type Json, list, num, nums, type Output, row } from "./inputs.ts";

function tuningOf(inputs: Json): MixtureTuning {
  return { optimalTime: num(inputs, "v_opt"), alpha: num(inputs, "alpha_opt") };
}

function sidesOf(inputs: Json): 1 | 2 {
  return get(inputs, "sides") === 2 ? 2 : 1;
}

function evaluated(
  inputs: Json,
  mixture: LogMixture,
  largest?: number,
): Output {
  const v = num(inputs, "v");
  return {
    ...(get(inputs, "s") === undefined
      ? {}
      : { log_mixture: mixture(num(inputs, "s"), v) }),
    bound: mixtureBoundary(mixture, v, num(inputs, "alpha"), largest),
  };
}

export function normal(inputs: Json): Output {
  return evaluated(inputs, normalMixture(tuningOf(inputs), sidesOf(inputs)));
}

export function gammaPoisson(inputs: Json): Output {
  return evaluated(
    inputs,
    gammaPoissonMixture(tuningOf(inputs), num(inputs, "c")),
  );
}

export function gammaExponential(inputs: Json): Output {
  return evaluated(
    inputs,
    gammaExponentialMixture(tuningOf(inputs), num(inputs, "c")),
  );
}

export function betaBinomial(inputs: Json): Output {
  const points = { g: num(inputs, "g"), h: num(inputs, "h") };
  return evaluated(
    inputs,
    betaBinomialMixture(tuningOf(inputs), points, sidesOf(inputs)),
    num(inputs, "v") / points.g,
  );
}

export function polynomialStitching(inputs: Json): Output {
  return {
    bound: nums(inputs, "c").map((scale) =>
      polynomialStitchedBoundary(
        num(inputs, "v"),
        num(inputs, "alpha"),
        num(inputs, "v_min"),
        scale,
      )
    ),
  };
}

export function doubleStitching(inputs: Json): Output {
  return {
    bound: nums(inputs, "p").map((share) =>
      doubleStitchedBoundary(
        share,
        num(inputs, "t"),
        num(inputs, "alpha"),
        num(inputs, "t_opt"),
      )
    ),
  };
}

export function empiricalProcess(inputs: Json): Output {
  return {
    bound: empiricalProcessBoundary(
      num(inputs, "t"),
      num(inputs, "alpha"),
      num(inputs, "t_min"),
      num(inputs, "A"),
    ),
  };
}

/** Two arms of the values 1…n, the second moved by an offset. */
export function quantileEquality(inputs: Json): Output {
  const values = Array.from({ length: num(inputs, "n") }, (_, i) => i + 1);
  return {
    p: list(inputs, "cases").map((one) => {
      const [share = NaN, offset = NaN] = row(one);
      return quantileEqualityPValue(
        values,
        values.map((value) => value + offset),
        { share, optimalTime: num(inputs, "t_opt") },
      );
    }),
  };
}
