import assert from "node:assert/strict";
import { placeLabels } from "./place_labels.ts";

const bounds = { left: 0, right: 400, top: 0, bottom: 200 };
const at = (x: number, y: number, width = 60) => ({ x, y, width });

Deno.test("placeLabels() puts names on the side that has room", () => {
  const [left, right] = placeLabels([at(20, 100), at(380, 100)], bounds);
  assert.equal(left?.anchor, "start");
  assert.equal(right?.anchor, "end");
});

Deno.test("placeLabels() lets no name cover another, nor a mark", () => {
  const points = [at(100, 100), at(104, 102), at(108, 98), at(150, 94)];
  const placed = placeLabels(points, bounds);
  const boxes = placed.flatMap((label, index) => {
    if (label === null) return [];
    const { width = 0 } = points[index] ?? {};
    const left = label.anchor === "start" ? label.x : label.x - width;
    return [{ left, right: left + width, top: label.y - 10, bottom: label.y }];
  });
  assert.ok(boxes.length >= 2);
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const apart = a.right <= b.left || b.right <= a.left ||
        a.bottom <= b.top || b.bottom <= a.top;
      assert.ok(apart, JSON.stringify([a, b]));
    }
    for (const { x, y } of points) {
      const covers = x > a.left && x < a.right && y > a.top && y < a.bottom;
      assert.equal(covers, false);
    }
  }
});

Deno.test("placeLabels() leaves out what has no room", () => {
  const crowd = Array.from({ length: 60 }, () => at(200, 100));
  const shown = placeLabels(crowd, bounds).filter((label) => label !== null);
  assert.equal(shown.length, 4);
  assert.deepEqual(placeLabels([at(10, 10, 900)], bounds), [null]);
});
