import assert from "node:assert/strict";
import fc from "fast-check";
import { spreadLabels } from "./spread_labels.ts";

Deno.test("spreadLabels() leaves alone what does not touch", () => {
  assert.deepEqual(spreadLabels([10, 90, 50], 16, 0, 100), [10, 90, 50]);
});

Deno.test("spreadLabels() moves what touches apart, in order", () => {
  assert.deepEqual(spreadLabels([52, 50], 16, 0, 100), [66, 50]);
});

Deno.test("spreadLabels() gives null no place, and none to what has no room", () => {
  assert.deepEqual(spreadLabels([null, 5], 16, 0, 100), [null, 5]);
  const places = spreadLabels(Array(9).fill(50), 16, 0, 100);
  assert.equal(places.filter((place) => place !== null).length, 7);
});

Deno.test("spreadLabels() never lets labels overlap or leave the plot", () => {
  const places = fc.array(
    fc.option(fc.double({ min: -50, max: 350, noNaN: true })),
    { maxLength: 30 },
  );
  fc.assert(fc.property(places, (wanted) => {
    const shown = spreadLabels(wanted, 16, 12, 272)
      .filter((place) => place !== null).sort((a, b) => a - b);
    shown.forEach((place, index) => {
      assert.ok(place >= 12 - 1e-6 && place <= 272 + 1e-6);
      assert.ok(place - (shown[index - 1] ?? -100) >= 16 - 1e-6);
    });
  }));
});
