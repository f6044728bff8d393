import assert from "node:assert/strict";
import {
  formatAbsolute,
  formatChance,
  formatMetric,
  formatP,
} from "./format_metric.ts";

const share = { factor: 100, digits: 1, prefix: "", suffix: "%", unit: "%" };
const usd = { factor: 1, digits: 2, prefix: "$", suffix: "", unit: "US$" };

Deno.test("formatMetric() shows a figure on its scale, and never something as nothing", () => {
  assert.equal(formatMetric(0.4237, share), "42.4%");
  assert.equal(formatMetric(0.0000432, share), "0.0043%");
  assert.equal(formatMetric(1234.5, usd), "$1,234.50");
  assert.equal(formatMetric(0.00041, usd), "$0.00041");
  assert.equal(formatMetric(1e-12, share), "<0.000001%");
  assert.equal(formatMetric(1e-12, usd), "<$0.0000001");
  assert.equal(formatMetric(0.0000017, usd), "$0.0000017");
  const ms = { ...usd, digits: 0, prefix: "", suffix: " ms" };
  assert.equal(formatMetric(0.0421, ms), "0.042 ms");
  assert.equal(formatMetric(5.04, ms), "5.0 ms");
  assert.equal(formatMetric(812, ms), "812 ms");
  assert.equal(formatMetric(-1.5, usd), "−$1.50");
  assert.equal(formatMetric(0, usd), "$0.00");
  assert.equal(formatMetric(null, usd), "–");
});

Deno.test("formatMetric() shortens what no cell has room for", () => {
  const ms = { ...usd, digits: 0, prefix: "", suffix: " ms" };
  assert.equal(formatMetric(3_606_690, ms), "3,606,690 ms");
  assert.equal(formatMetric(868_028.67, usd), "$868,028.67");
  assert.equal(formatMetric(2_760_331.16, usd), "$2.76M");
  assert.equal(formatMetric(-462_255_878_663.25, usd), "−$462B");
  assert.equal(formatAbsolute(1e9, usd, "usd"), "+$1.00B");
});

Deno.test("formatAbsolute() shows a difference of shares in points", () => {
  assert.equal(formatAbsolute(0.013, share, "share"), "+1.3 pp");
  assert.equal(formatAbsolute(-0.5, usd, "usd"), "−$0.50");
  assert.equal(formatAbsolute(0, usd, "usd"), "±$0.00");
});

Deno.test("formatChance() and formatP() never claim to be certain", () => {
  assert.equal(formatChance(1), ">99.9%");
  assert.equal(formatChance(0), "<0.1%");
  assert.equal(formatChance(0.8312), "83.1%");
  assert.equal(formatChance(null), "–");
  assert.equal(formatP(0.0000001), "<0.001");
  assert.equal(formatP(0.0321), "0.032");
  assert.equal(formatP(null), "–");
});
