import assert from "node:assert/strict";
import { recordParams, recordQuery } from "./record_query.ts";

Deno.test("recordQuery() reads what recordParams() writes", () => {
  for (
    const query of [
      { cursor: null },
      { cursor: "c 1", variant: "a b", outcome: "none", error: true },
      { cursor: null, user: "ü&=?", assignmentId: "a-1", error: false },
    ] as const
  ) {
    const params = new URLSearchParams(recordParams(query).toString());
    assert.deepEqual(recordQuery(params), query);
  }
});

Deno.test("recordQuery() takes what is empty or unknown as not asked for", () => {
  const params = new URLSearchParams(
    "variant=&outcome=maybe&error=perhaps&user=&id= &cursor=",
  );
  assert.deepEqual(recordQuery(params), { cursor: null });
});
