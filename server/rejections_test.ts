import assert from "node:assert/strict";
import { Rejections } from "./rejections.ts";

const rejection = (field: string) => ({ index: 0, field, message: "wrong" });

Deno.test("rejections are counted by field, the most frequent first", () => {
  const rejections = new Rejections(5);
  rejections.add(["cost", "", "cost", "user_id"].map(rejection));
  assert.deepEqual(rejections.read(), {
    since: 5,
    reasons: [
      { field: "cost", records: 2 },
      { field: "", records: 1 },
      { field: "user_id", records: 1 },
    ],
  });
});

Deno.test("rejections stay few, however many fields a sender makes up", () => {
  const rejections = new Rejections(0);
  for (let at = 0; at < 1_000; at++) rejections.add([rejection(`field ${at}`)]);
  const { reasons } = rejections.read();
  assert.equal(reasons.length, 51);
  assert.deepEqual(reasons[0], { field: "(others)", records: 950 });
});
