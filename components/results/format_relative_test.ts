import assert from "node:assert/strict";
import { formatInterval, formatRelative } from "./format_relative.ts";

Deno.test("formatRelative() keeps as many digits as are worth reading", () => {
  assert.equal(formatRelative(0.0812), "+8.1%");
  assert.equal(formatRelative(-0.0042), "−0.42%");
  assert.equal(formatRelative(7.1234), "+712%");
  assert.equal(formatRelative(0), "±0%");
  assert.equal(formatRelative(-123.4), "−12.3K%");
  assert.equal(formatRelative(97_656_361.15), "+9.77B%");
});

Deno.test("formatInterval() marks an open side", () => {
  assert.equal(
    formatInterval({ lower: 0.02, upper: 0.145 }, formatRelative),
    "[+2.0%, +14.5%]",
  );
  assert.equal(
    formatInterval({ lower: null, upper: 0.1 }, formatRelative),
    "[−∞, +10.0%]",
  );
  assert.equal(
    formatInterval({ lower: 0.1, upper: null }, formatRelative),
    "[+10.0%, +∞]",
  );
});
