import assert from "node:assert/strict";
import { distributionLayout } from "./distribution_layout.ts";

const display = { factor: 1, digits: 0, prefix: "", suffix: " ms", unit: "ms" };
const bin = (lower: number, upper: number, count: number) => ({
  lower,
  upper,
  count,
  share: count / 10,
});

Deno.test("distributionLayout() puts every variant on one logarithmic axis", () => {
  const variants = [
    {
      variant_name: "a",
      count: 10,
      bins: [bin(100, 200, 5), bin(200, 400, 5)],
    },
    { variant_name: "b", count: 10, bins: [bin(400, 800, 10)] },
  ];
  const quantiles = new Map([["a", [{ share: 0.5, value: 200 }]]]);
  const layout = distributionLayout({ variants, display }, quantiles, 600);
  const [a, b] = layout.rows;
  assert.ok(a !== undefined && b !== undefined);
  assert.ok(a.base < b.base && b.base <= layout.bottom);
  // A third of the way from 100 to 800, as logarithms go.
  const third = layout.left + (layout.right - layout.left) / 3;
  assert.equal(a.marks[0]?.x.toFixed(3), third.toFixed(3));
  assert.ok(
    layout.ticks.every(({ x }) => x >= layout.left && x <= layout.right),
  );
  assert.deepEqual(layout.ticks.map(({ label }) => label), [
    "100 ms",
    "200 ms",
    "500 ms",
  ]);
});

Deno.test("distributionLayout() counts values at zero, which have no logarithm", () => {
  const variants = [{
    variant_name: "a",
    count: 10,
    bins: [bin(0, 0.1, 4), bin(1, 2, 6)],
  }];
  const { zeros, rows } = distributionLayout(
    { variants, display },
    new Map(),
    600,
  );
  assert.equal(zeros, 4);
  assert.ok(!rows[0]?.area.includes("NaN"));
});

Deno.test("distributionLayout() of no values has rows and no shapes", () => {
  const variants = [{ variant_name: "a", count: 0, bins: [] }];
  const { rows, ticks, height } = distributionLayout(
    { variants, display },
    new Map(),
    600,
  );
  assert.equal(rows[0]?.area, "");
  assert.deepEqual(ticks, []);
  assert.ok(Number.isFinite(height));
});
