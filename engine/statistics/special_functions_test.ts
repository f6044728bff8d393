import assert from "node:assert/strict";
import tables from "../../tests/vectors/special_functions.json" with {
  type: "json",
};
import { betaCdf, betaUpperTail } from "./beta_distribution.ts";
import { betaQuantile } from "./beta_quantile.ts";
import { chiSquareUpperTail } from "./chi_square.ts";
import {
  gammaLn,
  gammaLowerLn,
  gammaUpper,
  gammaUpperLn,
} from "./gamma_functions.ts";
import {
  normalCdf,
  normalLogCdf,
  normalQuantile,
  normalUpperTail,
} from "./normal_distribution.ts";
import { tCdf, tQuantile, tUpperTail } from "./t_distribution.ts";

/** By the table's name in the vectors; a row is the arguments and the value. */
const FUNCTIONS: { readonly [name: string]: (...x: number[]) => number } = {
  normal_cdf: (x = NaN) => normalCdf(x),
  normal_upper_tail: (x = NaN) => normalUpperTail(x),
  normal_log_cdf: (x = NaN) => normalLogCdf(x),
  normal_quantile: (p = NaN) => normalQuantile(p),
  t_cdf: (t = NaN, df = NaN) => tCdf(t, df),
  t_upper_tail: (t = NaN, df = NaN) => tUpperTail(t, df),
  t_quantile: (p = NaN, df = NaN) => tQuantile(p, df),
  beta_cdf: (x = NaN, a = NaN, b = NaN) => betaCdf(x, a, b),
  beta_upper_tail: (x = NaN, a = NaN, b = NaN) => betaUpperTail(x, a, b),
  beta_quantile: (p = NaN, a = NaN, b = NaN) => betaQuantile(p, a, b),
  gamma_upper: (a = NaN, x = NaN) => gammaUpper(a, x),
  chi_square_upper_tail: (x = NaN, df = NaN) => chiSquareUpperTail(x, df),
  gamma_ln: (x = NaN) => gammaLn(x),
};

for (const [name, rows] of Object.entries(tables)) {
  if (typeof rows === "string") continue;
  Deno.test(`${name} agrees with mpmath to 1e-10, relative`, () => {
    const compute = FUNCTIONS[name];
    assert.ok(compute, "the table has a function");
    assert.ok(rows.length > 0);
    for (const row of rows) {
      const wanted = row.at(-1) ?? NaN;
      const got = compute(...row.slice(0, -1));
      // Below 1e-290 doubles, and what is on the way to them, lose digits.
      const error = Math.abs(got - wanted) / Math.max(Math.abs(wanted), 1e-290);
      assert.ok(
        got === wanted || error <= 1e-10,
        `${name}(${row.slice(0, -1)}) is ${wanted}, got ${got}`,
      );
    }
  });
}

Deno.test("every function has a table", () => {
  assert.deepEqual(
    Object.keys(tables).filter((name) => name !== "source").sort(),
    Object.keys(FUNCTIONS).sort(),
  );
});

Deno.test("the two incomplete gamma functions are each other's complement", () => {
  for (const [a = NaN, x = NaN] of tables.gamma_upper) {
    const sum = Math.exp(gammaLowerLn(a, x)) + Math.exp(gammaUpperLn(a, x));
    assert.ok(Math.abs(sum - 1) < 1e-12, `${a} ${x}: ${sum}`);
  }
  assert.equal(gammaLowerLn(2, 0), -Infinity);
  assert.equal(gammaUpper(2, 0), 1);
  assert.throws(() => gammaUpper(0, 1), /a must be above 0, got 0/);
});

Deno.test("gammaUpperLn() goes on where the tail is no double", () => {
  // e^−1000 for the exponential distribution.
  assert.equal(gammaUpperLn(1, 1000), -1000);
});

Deno.test("Student's t keeps its far tails, where t² is no double", () => {
  // With one degree of freedom P(T > t) is about 1/(πt).
  assert.ok(
    Math.abs(tUpperTail(1e200, 1) / (1 / (Math.PI * 1e200)) - 1) < 1e-12,
  );
  assert.ok(Math.abs(tQuantile(1e-300, 1) * Math.PI * 1e-300 + 1) < 1e-12);
  assert.equal(tCdf(-1e300, 2), 0);
  assert.equal(tUpperTail(-1e200, 3), 1);
  assert.ok(Number.isFinite(tQuantile(1e-5, 0.01)));
});
