import assert from "node:assert/strict";
import {
  formatCount,
  formatDifference,
  formatDuration,
  formatMean,
  formatMoney,
  formatRate,
} from "./format.ts";

Deno.test("formatCount() groups thousands", () => {
  assert.equal(formatCount(0), "0");
  assert.equal(formatCount(1_234_567), "1,234,567");
});

Deno.test("formatRate() has one decimal, and two below one percent", () => {
  assert.equal(formatRate(0), "0.0%");
  assert.equal(formatRate(0.42), "42.0%");
  assert.equal(formatRate(1), "100.0%");
  assert.equal(formatRate(0.0042), "0.42%");
  assert.equal(formatRate(0.00999), "1.0%");
});

Deno.test("formatRate() never shows something as nothing, nor nearly all as all", () => {
  assert.equal(formatRate(0.000_01), "0.001%");
  assert.equal(formatRate(0.999_8), "99.98%");
  assert.equal(formatRate(0.999_98), "99.998%");
});

Deno.test("formatMoney() has cents from a dollar up, and three digits below", () => {
  assert.equal(formatMoney(0), "$0");
  assert.equal(formatMoney(0.000_123), "$0.000123");
  assert.equal(formatMoney(0.000_000_000_45), "$0.000000000450");
  assert.equal(formatMoney(0.4), "$0.400");
  assert.equal(formatMoney(0.9996), "$1.00");
  assert.equal(formatMoney(1234.5), "$1,234.50");
  assert.equal(formatMoney(-2), "−$2.00");
});

Deno.test("formatDuration() changes to seconds where milliseconds would round to a thousand", () => {
  assert.equal(formatDuration(0), "0.0 ms");
  assert.equal(formatDuration(4.24), "4.2 ms");
  assert.equal(formatDuration(9.97), "10 ms");
  assert.equal(formatDuration(812.4), "812 ms");
  assert.equal(formatDuration(999.6), "1.00 s");
  assert.equal(formatDuration(12_345), "12.3 s");
  assert.equal(formatDuration(1_234_567), "1,235 s");
});

Deno.test("formatMean() has one decimal below a thousand", () => {
  assert.equal(formatMean(412.25), "412.3");
  assert.equal(formatMean(12), "12.0");
  assert.equal(formatMean(999.97), "1,000");
  assert.equal(formatMean(12_345.6), "12,346");
});

Deno.test("formatDifference() tells rates in points and the rest in percent", () => {
  assert.equal(formatDifference(0.51, 0.542, "points"), "−3.2 pp");
  assert.equal(formatDifference(131, 100, "percent"), "+31.0%");
  assert.equal(formatDifference(2_500, 100, "percent"), "+2,400%");
  assert.equal(formatDifference(0.0054, 0.004, "points"), "+0.14 pp");
  assert.equal(formatDifference(100.01, 100, "percent"), "+0.010%");
  assert.equal(formatDifference(5, 5, "percent"), "±0%");
});

Deno.test("formatDifference() says nothing where there is nothing to divide by", () => {
  assert.equal(formatDifference(1, 0, "percent"), null);
});
