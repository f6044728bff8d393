import assert from "node:assert/strict";
import { variantOrder } from "./variant_order.ts";

const seen = (names: string) =>
  [...names].map((name, first) => ({ name, first }));
const setup = (names: string, last: number) => ({
  last,
  variants: [...names].map((name) => ({ name, weight: 1 })),
});

Deno.test("variants stand as the latest settings declare them, others after them", () => {
  assert.deepEqual(
    variantOrder(seen("abcd"), [setup("dc", 9), setup("abcd", 3)]),
    ["d", "c", "a", "b"],
  );
});

Deno.test("variants stand by their first record where nothing declares them", () => {
  assert.deepEqual(variantOrder(seen("zax"), []), ["z", "a", "x"]);
  const same = [{ name: "b", first: 1 }, { name: "a", first: 1 }];
  assert.deepEqual(variantOrder(same, []), ["a", "b"]);
});
