import assert from "node:assert/strict";
import { seriesStyle } from "./series_style.ts";

Deno.test("seriesStyle() gives 120 variants 120 looks", () => {
  const looks = Array.from(
    { length: 120 },
    (_, index) => JSON.stringify(seriesStyle(index)),
  );
  assert.equal(new Set(looks).size, 120);
});

Deno.test("seriesStyle() tells the first thirty apart without colour", () => {
  const looks = Array.from({ length: 30 }, (_, index) => {
    const { marker, dash } = seriesStyle(index);
    return `${marker} ${dash}`;
  });
  assert.equal(new Set(looks).size, 30);
});
