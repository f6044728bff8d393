import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "./canonical_json.ts";

Deno.test("canonicalJson() orders keys by code units, those of digits too", () => {
  const value = { "10": 1, "9": 2, b: { "\ue000": 0, "😀": 1 }, a: [{}] };
  assert.equal(
    canonicalJson(value),
    '{"10":1,"9":2,"a":[{}],"b":{"😀":1,"\ue000":0}}',
  );
});

Deno.test("canonicalJson() loses nothing, whatever the order of the keys", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const json = canonicalJson(value);
    const plain: unknown = JSON.parse(JSON.stringify(value));
    assert.deepEqual(JSON.parse(json), plain);
    assert.equal(canonicalJson(reversed(plain)), json);
  }));
});

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value).reverse().map(([key, inner]) => [
      key,
      reversed(inner),
    ]),
  );
}
