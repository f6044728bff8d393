import assert from "node:assert/strict";
import fc from "fast-check";
import { safeJson } from "./safe_json.ts";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

Deno.test("safeJson() writes what JSON.stringify() writes, of plain objects", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
    const { json, altered } = safeJson(value);
    assert.equal(json, JSON.stringify(value));
    assert.equal(altered, false);
  }));
});

Deno.test("safeJson() of anything at all is an object of at most 32 KiB", () => {
  fc.assert(fc.property(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    }),
    (value) => {
      const { json } = safeJson(value);
      const parsed: unknown = JSON.parse(json);
      assert.ok(typeof parsed === "object" && parsed !== null);
      assert.ok(!Array.isArray(parsed));
      assert.ok(bytes(json) <= 32 * 1024);
    },
  ));
});

Deno.test("safeJson() replaces what JSON cannot hold and says so", () => {
  const cyclic: Record<string, unknown> = { name: "loop" };
  cyclic["self"] = cyclic;
  const hostile = {
    big: 12n,
    call: () => 1,
    sign: Symbol("x"),
    cyclic,
    get broken(): never {
      throw new Error("no");
    },
    error: new TypeError("bad"),
    lone: "a\ud800",
    toJSONThrows: {
      toJSON() {
        throw new Error("no");
      },
    },
  };
  const { json, altered } = safeJson(hostile);
  assert.deepEqual(JSON.parse(json), {
    big: "12",
    cyclic: { name: "loop", self: "[circular]" },
    broken: "[unreadable]",
    error: "TypeError: bad",
    lone: "a\ufffd",
    toJSONThrows: "[unreadable]",
  });
  assert.equal(altered, true);
});

Deno.test("safeJson() asks toJSON and leaves out what is undefined", () => {
  const date = new Date(0);
  assert.deepEqual(safeJson({ date, nothing: undefined, list: [undefined] }), {
    json: '{"date":"1970-01-01T00:00:00.000Z","list":[null]}',
    altered: false,
  });
});

Deno.test("safeJson() writes one object in two places twice", () => {
  const shared = { a: 1 };
  assert.deepEqual(safeJson({ x: shared, y: [shared, shared] }), {
    json: '{"x":{"a":1},"y":[{"a":1},{"a":1}]}',
    altered: false,
  });
});

Deno.test("safeJson() keeps an own __proto__ a plain key", () => {
  const value: unknown = JSON.parse('{"__proto__":{"admin":true}}');
  assert.equal(safeJson(value).json, '{"__proto__":{"admin":true}}');
});

Deno.test("safeJson() cuts what has no room and keeps the rest", () => {
  const { json, altered } = safeJson({
    first: 1,
    text: "😀".repeat(1_000_000),
    last: true,
  });
  assert.ok(bytes(json) <= 32 * 1024);
  const parsed = JSON.parse(json);
  assert.equal(parsed.first, 1);
  assert.ok(parsed.text.startsWith("😀".repeat(1_000)));
  assert.equal(altered, true);
});

Deno.test("safeJson() of an object without end comes to one", () => {
  const endless: object = new Proxy({}, {
    get: (_, key) => key === "toJSON" ? undefined : endless2(),
    ownKeys: () => ["a", "b", "c"],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
  function endless2(): object {
    return new Proxy({}, {
      get: (_, key) => key === "toJSON" ? undefined : endless2(),
      ownKeys: () => ["a", "b", "c"],
      getOwnPropertyDescriptor: () => ({
        enumerable: true,
        configurable: true,
      }),
    });
  }
  const { json, altered } = safeJson(endless);
  assert.ok(bytes(json) <= 32 * 1024);
  JSON.parse(json);
  assert.equal(altered, true);
});

Deno.test("safeJson() reads no more than a thousand values that leave nothing to write", () => {
  let reads = 0;
  const keys = Array.from({ length: 5_000 }, (_, index) => `k${index}`);
  const hollow = (): object =>
    new Proxy({}, {
      get: (_, key) => key === "toJSON" ? undefined : void reads++,
      ownKeys: () => keys,
      getOwnPropertyDescriptor: () => ({
        enumerable: true,
        configurable: true,
      }),
    });
  assert.deepEqual(safeJson({ a: hollow(), b: [hollow()], c: hollow() }), {
    json: '{"a":{}}',
    altered: true,
  });
  assert.ok(reads <= 1_001, `${reads} reads`);
});

Deno.test("safeJson() reads no more of a typed array than it can write", () => {
  const large = new Uint8Array(20_000_000);
  const { json, altered } = safeJson({ bytes: large });
  assert.ok(json.startsWith('{"bytes":{"0":0,"1":0,'));
  assert.equal(altered, true);
  assert.deepEqual(safeJson({ bytes: new Uint8Array([7, 8]) }), {
    json: '{"bytes":{"0":7,"1":8}}',
    altered: false,
  });
  // Ten times the array in less time than it takes to list the tenth's indices.
  const tenth = new Uint8Array(large.length / 10);
  assert.ok(
    leastTime(() => safeJson({ bytes: large })) <
      leastTime(() => Object.keys(tenth)),
  );
});

/** Of five runs the fastest, which a busy machine slows the least. */
function leastTime(run: () => unknown): number {
  return Math.min(...Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }));
}

Deno.test("safeJson() writes the digits of a BigInt, if they are a thousand at most", () => {
  const most = 10n ** 1000n - 1n;
  assert.deepEqual(
    JSON.parse(safeJson([most, most + 1n, -most, -most - 1n]).json).value,
    ["9".repeat(1000), "[too large]", `-${"9".repeat(1000)}`, "[too large]"],
  );
});

Deno.test("safeJson() puts what is no object under a key", () => {
  assert.deepEqual(safeJson([1, 2]), {
    json: '{"value":[1,2]}',
    altered: true,
  });
  assert.deepEqual(safeJson("text"), {
    json: '{"value":"text"}',
    altered: true,
  });
  assert.deepEqual(safeJson(null), { json: "{}", altered: false });
  assert.deepEqual(safeJson(() => {}), { json: "{}", altered: true });
});

Deno.test("safeJson() of a revoked proxy is a word about it", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.deepEqual(safeJson({ proxy }), {
    json: '{"proxy":"[unreadable]"}',
    altered: true,
  });
});
