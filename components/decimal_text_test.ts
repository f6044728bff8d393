import assert from "node:assert/strict";
import fc from "fast-check";
import { decimalText } from "./decimal_text.ts";

Deno.test("decimalText() writes what Intl.NumberFormat writes", () => {
  const formats = Array.from(
    { length: 10 },
    (_, decimals) =>
      new Intl.NumberFormat("en-US", {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }),
  );
  const agrees = (size: number): void =>
    formats.forEach((format, decimals) => {
      assert.equal(decimalText(size, decimals), format.format(size));
    });

  for (const size of [0, 0.5, 1.005, 1.45, 2.5, 8.345, 999.5, 1234.5, 1e9]) {
    agrees(size);
  }
  fc.assert(fc.property(
    fc.double({ min: 0, max: 2000, noNaN: true }),
    agrees,
  ));
  // Halves, which only seem to be ones.
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 1e7 }),
    fc.integer({ min: 1, max: 9 }),
    (whole, decimals) => agrees((10 * whole + 5) / 10 ** decimals),
  ));
});
