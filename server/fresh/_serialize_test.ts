import assert from "node:assert/strict";
import { Signal, signal } from "@preact/signals";
import fc from "fast-check";
import { deserialize, SlotRef } from "./_deserialize.ts";
import { serialize } from "./_serialize.ts";

function travelled(value: unknown): unknown {
  return deserialize(JSON.parse(JSON.stringify(serialize(value))));
}

Deno.test("any JSON-like value, Map, Set, Date and bytes arrive as they left", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withNullPrototype: false,
  });
  fc.assert(
    fc.property(anything, (value) => {
      assert.deepStrictEqual(travelled(value), value);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("values that JSON has no form for arrive as they left", () => {
  const value = {
    undefined: undefined,
    numbers: [NaN, Infinity, -Infinity, -0, 0],
    big: 2n ** 70n,
    invalid: new Date(NaN),
    url: new URL("https://example.com/a?b#c"),
    pattern: /a"b/gi,
    bytes: new Uint8Array([0, 127, 128, 255]),
    text: "\u2028\u2029</script><!--\ud800",
    "": "empty key",
  };

  assert.deepStrictEqual(travelled(value), value);
});

Deno.test("bytes of a part of a buffer arrive without the rest", () => {
  const part = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);

  assert.deepStrictEqual(travelled(part), new Uint8Array([2, 3]));
});

Deno.test("a cycle arrives as a cycle", () => {
  const value: { self?: unknown; list: unknown[] } = { list: [] };
  value.self = value;
  value.list.push(value.list);

  const result = travelled(value);
  assert.deepStrictEqual(result, value);
});

Deno.test("a shared object and a shared signal stay shared", () => {
  const shared = { n: 1 };
  const count = signal(1);
  const result = travelled({ a: shared, b: shared, c: count, d: [count] });

  assert.ok(typeof result === "object" && result !== null);
  const { a, b, c, d } = Object.fromEntries(Object.entries(result));
  assert.equal(a, b);
  assert.ok(c instanceof Signal && Array.isArray(d));
  assert.equal(c, d[0]);
  assert.equal(c.value, 1);
});

Deno.test("a key named __proto__ arrives as a key, and changes no prototype", () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
  const result = travelled([hostile, {}]);

  assert.ok(Array.isArray(result));
  assert.deepEqual(Object.keys(result[0]), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(result[0]), Object.prototype);
  assert.equal(result[0].polluted, undefined);
  assert.equal(result[1].polluted, undefined);
});

Deno.test("no depth of nesting is too deep", () => {
  let value: unknown[] = [];
  for (let depth = 0; depth < 100_000; depth++) value = [value];

  let result = deserialize(serialize(value));
  let depth = 0;
  while (Array.isArray(result) && result.length > 0) {
    result = result[0];
    depth++;
  }
  assert.equal(depth, 100_000);
});

Deno.test("JSX arrives as the number of its slot", () => {
  const jsx = { type: "slot" };
  const serialized = serialize({ children: jsx }, {
    slotId: (value) => value === jsx ? 7 : null,
  });

  assert.deepEqual(deserialize(serialized), { children: new SlotRef(7) });
});

Deno.test("a function or symbol is refused, by the name of its place", () => {
  assert.throws(
    () => serialize({ list: [{ onClick: () => {} }] }),
    /props\.list\[0\]\.onClick.*function/,
  );
  assert.throws(() => serialize(Symbol()), /props.*symbol/);
});
