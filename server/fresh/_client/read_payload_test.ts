import assert from "node:assert/strict";
import type { PagePayload } from "../_payload.ts";
import { readPayload } from "./read_payload.ts";

const payload: PagePayload = {
  buildId: "b1",
  islands: [["/_fresh/counter.js", "default"]],
  roots: [0],
  props: [["array", 1], ["object", "count", 2], 7, null, "text", true],
};

Deno.test("readPayload() reads what a page was given", () => {
  assert.deepEqual(readPayload(JSON.stringify(payload)), payload);
});

Deno.test("readPayload() throws for what is no payload", () => {
  const others: readonly unknown[] = [
    null,
    [],
    {},
    { ...payload, buildId: 1 },
    { ...payload, islands: [["/_fresh/counter.js"]] },
    { ...payload, islands: "/_fresh/counter.js" },
    { ...payload, roots: ["0"] },
    { ...payload, props: [{ count: 7 }] },
    { ...payload, props: [[]] },
    { ...payload, props: [["array", ["nested"]]] },
  ];
  for (const other of others) {
    const text = JSON.stringify(other);
    assert.throws(() => readPayload(text), TypeError, text);
  }
  assert.throws(() => readPayload(""), SyntaxError);
});
