import assert from "node:assert/strict";
import type { Estimate } from "../../engine/statistics/estimate.ts";
import { meanEstimate } from "../../engine/statistics/mean_estimate.ts";
import type { NormalBelief } from "../../engine/statistics/normal_posterior.ts";
import { orderStatisticQuantile } from "../../engine/statistics/published/order_statistic_quantile.ts";
import { proportionEstimate } from "../../engine/statistics/proportion_estimate.ts";
import { ratioEstimate } from "../../engine/statistics/ratio_estimate.ts";

/** What stands in a file of reference cases. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What a method answers: compared with a case's `expected`. */
export type Output =
  | null
  | boolean
  | number
  | readonly Output[]
  | { readonly [key: string]: Output };

/** What stands at a path, or undefined. */
export function get(json: Json, ...path: readonly string[]): Json | undefined {
  let at: Json | undefined = json;
  for (const key of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) {
      return undefined;
    }
    at = Object.entries(at).find(([name]) => name === key)?.[1];
  }
  return at;
}

export function num(json: Json, ...path: readonly string[]): number {
  const value = get(json, ...path);
  assert.ok(typeof value === "number", `${path} must be a number`);
  return value;
}

export function numOr(
  json: Json,
  key: string,
  otherwise: number,
): number {
  return get(json, key) === undefined ? otherwise : num(json, key);
}

export function list(json: Json, ...path: readonly string[]): readonly Json[] {
  const value = get(json, ...path);
  assert.ok(Array.isArray(value), `${path} must be a list`);
  return value;
}

export function nums(json: Json, ...path: readonly string[]): number[] {
  return list(json, ...path).map((value) => {
    assert.ok(typeof value === "number", `${path} must be numbers`);
    return value;
  });
}

/** A row of numbers, as in a table of points. */
export function row(json: Json): number[] {
  return nums({ row: json }, "row");
}

/**
 * Decimals as integers of one unit, 10^−digits, exactly as they are written:
 * what the engine's sums are made of.
 */
export function units(value: number, digits: number): bigint {
  const [mantissa = "0", exponent = "0"] = value.toString().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const shift = digits - fraction.length + Number(exponent);
  assert.ok(shift >= 0, `${value} has more than ${digits} digits`);
  return BigInt(whole + fraction) * 10n ** BigInt(shift);
}

/** Enough for every figure in the files. */
const DIGITS = 15;

/** An arm's estimate, whatever its kind of metric. */
export function estimateOf(inputs: Json, arm: string): Estimate {
  const found = armEstimate(inputs, arm);
  assert.ok(found !== null, `${arm} has an estimate`);
  return found;
}

function armEstimate(inputs: Json, arm: string): Estimate | null {
  const of = (key: string): number => num(inputs, arm, key);
  if (get(inputs, arm, "quantile") !== undefined) {
    return orderStatisticQuantile({
      n: of("n"),
      nStar: of("n_star"),
      share: of("nu"),
      quantile: of("quantile"),
      lower: of("quantile_lower"),
      upper: of("quantile_upper"),
    });
  }
  if (get(inputs, arm, "num_sum") !== undefined) {
    return ratioEstimate({
      users: BigInt(of("n")),
      numerator: units(of("num_sum"), DIGITS),
      denominator: units(of("den_sum"), DIGITS),
      numeratorSquared: units(of("num_sum_squares"), 2 * DIGITS),
      denominatorSquared: units(of("den_sum_squares"), 2 * DIGITS),
      product: units(of("num_den_sum_products"), 2 * DIGITS),
    });
  }
  if (get(inputs, arm, "sum_squares") === undefined) {
    return proportionEstimate(of("sum"), of("n"));
  }
  return meanEstimate({
    users: BigInt(of("n")),
    sum: units(of("sum"), DIGITS),
    sumOfSquares: units(of("sum_squares"), 2 * DIGITS),
  }, 10 ** -DIGITS);
}

/** The estimate of the mean of raw values. */
export function sampleEstimate(values: readonly number[]): Estimate {
  const integers = values.map((value) => units(value, DIGITS));
  const found = meanEstimate({
    users: BigInt(values.length),
    sum: integers.reduce((sum, x) => sum + x, 0n),
    sumOfSquares: integers.reduce((sum, x) => sum + x * x, 0n),
  }, 10 ** -DIGITS);
  assert.ok(found !== null);
  return found;
}

/**
 * A case's prior, or null for a flat one. `scale` is the scale that the effect
 * has for one unit of the prior.
 */
export function priorOf(inputs: Json, scale = 1): NormalBelief | null {
  const prior = get(inputs, "prior");
  if (prior === undefined || prior === "flat") return null;
  return {
    mean: num(inputs, "prior", "mean") * scale,
    sd: Math.sqrt(num(inputs, "prior", "variance")) * scale,
  };
}
