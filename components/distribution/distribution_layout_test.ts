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

Deno.test("distributionLayout() draws an even spread evenly, however wide its bins are", () => {
  // The bins of a power of two are equally wide, and so not on this axis.
  const edges = [8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20];
  const bins = edges.slice(1).map((upper, at) => {
    const lower = edges[at] ?? 0;
    const share = Math.log(upper / lower) / Math.log(20 / 8);
    return { lower, upper, count: Math.round(share * 1e6), share };
  });
  const variants = [{ variant_name: "a", count: 1e6, bins }];
  const { rows: [row] } = distributionLayout(
    { variants, display },
    new Map(),
    600,
  );
  const tops = row?.area.match(/V[\d.]+H/g) ?? [];
  assert.equal(tops.length, bins.length);
  assert.equal(new Set(tops).size, 1, tops.join());
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
