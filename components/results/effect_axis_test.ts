import assert from "node:assert/strict";
import { effectAxis, effectSpan } from "./effect_axis.ts";

const range = (
  lower: number | null,
  estimate: number,
  upper: number | null,
) => ({ estimate, interval: { lower, upper } });

Deno.test("effectAxis() has zero in its middle and round steps on both sides", () => {
  const axis = effectAxis([range(-0.03, 0.05, 0.14), range(-0.1, -0.02, 0.06)]);
  assert.deepEqual(axis.ticks.map(({ value }) => value), [
    -0.2,
    -0.1,
    0,
    0.1,
    0.2,
  ]);
  assert.equal(axis.x(0), axis.zero);
  assert.equal(axis.x(-0.2), 0);
  assert.equal(axis.x(0.1).toFixed(9), "0.750000000");
  assert.equal(axis.x(7), 1);
});

Deno.test("effectAxis() is not stretched by one wide interval among many", () => {
  const narrow = Array.from({ length: 10 }, () => range(-0.04, 0.01, 0.06));
  const axis = effectAxis([...narrow, range(-9, 3, 15)]);
  assert.ok((axis.ticks.at(-1)?.value ?? 0) <= 0.1);
  const span = effectSpan(axis, range(-9, 3, 15));
  assert.deepEqual([span.from, span.to, span.opensLeft, span.opensRight], [
    0,
    1,
    true,
    true,
  ]);
});

Deno.test("effectSpan() has no place for an estimate beyond the axis", () => {
  const narrow = Array.from({ length: 10 }, () => range(-0.04, 0.01, 0.06));
  const far = range(-0.66, -0.62, -0.58);
  const span = effectSpan(effectAxis([...narrow, far]), far);
  assert.equal(span.estimate, null);
  assert.equal(span.opensLeft, true);
});

Deno.test("effectAxis() of large relative differences is one of ratios", () => {
  const ranges = [range(2.9, 3, 3.2), range(-0.25, -0.2, -0.15)];
  const axis = effectAxis(ranges, true);
  assert.deepEqual(
    axis.ticks.map(({ value }) => value),
    [-0.9, -0.75, -0.5, 0, 1, 3, 9],
  );
  assert.equal(axis.x(0), 0.5);
  // Half and double are as far from no difference.
  assert.equal((axis.x(1) + axis.x(-0.5)).toFixed(9), "1.000000000");
  assert.equal(axis.x(-1), 0);
  assert.ok(0.5 - axis.x(-0.2) > 0.04);
  assert.equal(effectAxis(ranges).ticks.at(-1)?.value, 4);
});

Deno.test("effectAxis() of ratios reaches as far as the greatest fall", () => {
  const ranges = [range(1.2, 1.5, 1.9), range(-0.96, -0.95, -0.94)];
  const { ticks } = effectAxis(ranges, true);
  assert.deepEqual([ticks[0]?.value, ticks.at(-1)?.value], [-0.99, 99]);
});

Deno.test("effectSpan() says where a whole interval lies beyond the axis", () => {
  const near = Array.from({ length: 10 }, () => range(-0.3, 0.1, 0.3));
  const dear = range(2.9, 3, 3.2);
  const axis = effectAxis([...near, ...Array(9).fill(dear)], true, near);
  assert.equal(effectSpan(axis, dear).beyond, "right");
  assert.equal(effectSpan(axis, range(-0.9, -0.8, -0.7)).beyond, "left");
  assert.equal(effectSpan(axis, range(0.99, 1.5, 2.2)).beyond, "right");
  assert.equal(effectSpan(axis, range(-0.2, 0, 9)).beyond, null);
  assert.equal(effectSpan(axis, range(0.4, 1.5, 2.2)).beyond, null);
});

Deno.test("effectAxis() of ratios ends at half and double, or where the primary metric does", () => {
  const many = Array.from({ length: 9 }, () => range(2.9, 3, 3.2));
  const endsOf = (primary: ReturnType<typeof range>) => {
    const { ticks } = effectAxis([primary, ...many], true, [primary]);
    return [ticks[0]?.value, ticks.at(-1)?.value];
  };
  assert.deepEqual(endsOf(range(0.09, 0.2, 0.4)), [-0.5, 1]);
  assert.deepEqual(endsOf(range(0.5, 1.2, 2)), [-0.75, 3]);
});

Deno.test("effectSpan() marks a side without bound as open", () => {
  const axis = effectAxis([range(-0.1, 0.02, 0.1)]);
  const span = effectSpan(axis, range(null, 0.02, 0.05));
  assert.equal(span.opensLeft, true);
  assert.equal(span.opensRight, false);
  assert.equal(span.from, 0);
});

Deno.test("effectAxis() of nothing, or of no difference at all, is an axis", () => {
  for (const ranges of [[], [range(0, 0, 0)]]) {
    const axis = effectAxis(ranges);
    assert.ok(axis.ticks.length >= 3);
    assert.equal(axis.x(0), 0.5);
  }
});
